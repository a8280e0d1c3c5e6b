package dev.weir.swarm.watch;

import dev.weir.run.ReplicaCounts;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.Filters;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Counts the replicas of a service.
public final class ServiceReplicas {
  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

  private ServiceReplicas() {}

  /// How many it has now. A task exists from its order to its end, also while it starts or drains.
  ///
  /// @throws EngineException if the manager does not respond
  public static ReplicaCounts count(Engine manager, String service) {
    JsonNode mode = manager.get("/services/" + service).path("Spec").path("Mode");
    int running = 0;
    int existing = 0;
    for (JsonNode task : manager.get("/tasks", Filters.of("service", service).query())) {
      String state = task.path("Status").path("State").asString("");
      boolean isWanted = task.path("DesiredState").asString("").equals("running");
      running += isWanted && state.equals("running") ? 1 : 0;
      existing += ENDED.contains(state) ? 0 : 1;
    }
    return new ReplicaCounts(mode.path("Replicated").path("Replicas").asInt(0), running, existing);
  }
}
