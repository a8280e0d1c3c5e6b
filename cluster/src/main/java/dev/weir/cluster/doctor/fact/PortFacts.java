package dev.weir.cluster.doctor.fact;

import tools.jackson.databind.JsonNode;

/// A port that a service or a container publishes.
///
/// @param published the port on the node; 0 if the Engine chooses it
/// @param protocol `tcp`, `udp` or `sctp`
/// @param mode `ingress` on every node, or `host` on the node of the task
public record PortFacts(int published, String protocol, String mode) {
  static PortFacts of(JsonNode json) {
    String mode = Fields.text(json, "PublishMode");
    return new PortFacts(
        json.path("PublishedPort").asInt(0),
        Fields.text(json, "Protocol"),
        mode.isEmpty() ? "ingress" : mode);
  }

  @Override
  public String toString() {
    return "%d/%s".formatted(published, protocol);
  }
}
