package dev.weir.cluster.doctor.fact;

import java.util.Optional;

/// What was seen of a machine over SSH.
///
/// @param name the machine's name, as it was given
/// @param nodeId which node of the swarm it is, if that is written down
/// @param report what it shows; empty if it could not be reached
/// @param clock its clock beside ours
/// @param failure why it could not be reached; empty if it could
public record HostFacts(
    String name,
    Optional<String> nodeId,
    Optional<HostReport> report,
    Optional<ClockReading> clock,
    String failure) {
  /// A machine that could not be reached.
  public static HostFacts unreachable(String name, Optional<String> nodeId, String failure) {
    return new HostFacts(name, nodeId, Optional.empty(), Optional.empty(), failure);
  }

  /// Its id in the swarm: its own word first, then what is written down.
  public Optional<String> id() {
    return report
        .flatMap(HostReport::info)
        .map(info -> info.path("Swarm").path("NodeID").asString(""))
        .filter(id -> !id.isEmpty())
        .or(() -> nodeId);
  }
}
