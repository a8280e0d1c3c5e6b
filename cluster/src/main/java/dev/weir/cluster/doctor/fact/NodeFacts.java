package dev.weir.cluster.doctor.fact;

import dev.weir.swarm.nodes.SwarmNode;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A node as the managers see it.
///
/// @param node its state
/// @param changed when the managers last changed anything about it
/// @param trustRoot the certificate of the CA that it trusts, as PEM; empty if unknown
public record NodeFacts(SwarmNode node, Optional<Instant> changed, String trustRoot) {
  /// Reads one of the list of a manager.
  public static NodeFacts of(JsonNode json) {
    return new NodeFacts(
        SwarmNode.of(json),
        Fields.time(json, "UpdatedAt"),
        Fields.text(json.path("Description").path("TLSInfo"), "TrustRoot"));
  }

  /// Whether it is a manager.
  public boolean isManager() {
    return node.role().equals("manager");
  }
}
