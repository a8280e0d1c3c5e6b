package dev.weir.cluster.form;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes nodes of a swarm without losing other changes.
final class NodeSpecs {
  private static final int TRIES_MAX = 20;

  private final Engine manager;

  NodeSpecs(Engine manager) {
    this.manager = manager;
  }

  void label(String nodeId, Map<String, String> labels) {
    change(
        nodeId,
        spec -> {
          ObjectNode set = spec.withObject("/Labels");
          labels.forEach(set::put);
        });
  }

  /// @param role `manager` or `worker`
  void role(String nodeId, String role) {
    change(nodeId, spec -> spec.put("Role", role));
  }

  /// @param availability `active`, `pause` or `drain`
  void availability(String nodeId, String availability) {
    change(nodeId, spec -> spec.put("Availability", availability));
  }

  /// Removes a node that is gone. One that is still thought to be up is removed only by force.
  void remove(String nodeId, boolean force) {
    manager.delete("/nodes/" + nodeId, force ? Map.of("force", "true") : Map.of());
  }

  private void change(String nodeId, Consumer<ObjectNode> change) {
    for (int tries = 1; ; tries++) {
      JsonNode node = manager.get("/nodes/" + nodeId);
      ObjectNode spec = (ObjectNode) node.path("Spec");
      change.accept(spec);
      String version = node.path("Version").path("Index").asString("0");
      try {
        manager.post("/nodes/" + nodeId + "/update", Map.of("version", version), spec);
        return;
      } catch (EngineException e) {
        if (e.reason() != Reason.OUT_OF_SEQUENCE || tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }
}
