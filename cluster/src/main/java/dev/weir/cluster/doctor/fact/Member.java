package dev.weir.cluster.doctor.fact;

import java.util.Optional;

/// A machine of the swarm: as the managers see it, as it shows itself, or both.
///
/// @param name its name for the reader
/// @param node what the managers know
/// @param host what was seen over SSH
/// @param whyUnseen why there is no report of it; empty if there is
public record Member(
    String name, Optional<NodeFacts> node, Optional<HostFacts> host, String whyUnseen) {
  /// What it shows of itself.
  public Optional<HostReport> report() {
    return host.flatMap(HostFacts::report);
  }

  /// Its address for other machines; empty if unknown.
  public String address() {
    return node.map(known -> known.node().address())
        .or(() ->
            report()
                .flatMap(HostReport::info)
                .map(info -> info.path("Swarm").path("NodeAddr").asString("")))
        .orElse("");
  }

  /// Whether it is a manager.
  public boolean isManager() {
    return node.map(NodeFacts::isManager)
        .or(() ->
            report()
                .flatMap(HostReport::info)
                .map(info -> info.path("Swarm").path("ControlAvailable").asBoolean(false)))
        .orElse(false);
  }

  /// Whether it runs: the managers hear from it, or it responded itself.
  public boolean isUp() {
    return report().isPresent()
        || node.map(known -> known.node().state().equals("ready")).orElse(true);
  }
}
