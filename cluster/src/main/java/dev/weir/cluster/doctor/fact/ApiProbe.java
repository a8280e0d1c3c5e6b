package dev.weir.cluster.doctor.fact;

/// Whether a port gives this machine a Docker Engine without TLS.
///
/// @param member the name of the node
/// @param port the port
/// @param state what came of it
public record ApiProbe(String member, int port, State state) {
  /// What came of the request.
  public enum State {
    /// An Engine responded, and asked for nothing.
    PLAIN,
    /// Something else listens there, such as an Engine with TLS.
    OTHER,
    /// Nothing listens there.
    CLOSED,
    /// No response: a firewall, or no way to the machine.
    SILENT
  }
}
