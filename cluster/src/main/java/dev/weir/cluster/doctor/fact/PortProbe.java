package dev.weir.cluster.doctor.fact;

import java.util.Locale;

/// Whether one node reaches a port of another.
///
/// @param from the name of the node that tried
/// @param to the name of the other
/// @param port the port
/// @param protocol `tcp` or `udp`
/// @param state what came of it
/// @param evidence how that is known, in words
public record PortProbe(
    String from, String to, int port, String protocol, State state, String evidence) {
  /// What came of an attempt.
  public enum State {
    /// It gets through.
    OPEN,
    /// The machine responds, and nothing listens there; or a firewall says no.
    REFUSED,
    /// No response.
    SILENT,
    /// No way to the machine.
    UNREACHABLE,
    /// It cannot be said.
    UNKNOWN;

    /// Whether it surely does not get through.
    public boolean isBlocked() {
      return this == REFUSED || this == SILENT || this == UNREACHABLE;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
