package dev.weir.console.source;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.ServiceUpdates;
import dev.weir.swarm.follow.ServiceSize;
import dev.weir.swarm.scale.Board;
import dev.weir.swarm.scale.ScalerBoard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The few changes that the page may ask for, carried out by a manager. A number that someone sets
/// here counts as a person's: a balancer that scales the service keeps it for a while.
///
/// @param manager the manager
record ServiceWrites(Engine manager) {
  /// What came of a change.
  ///
  /// @param before how many replicas were asked for
  /// @param refusal why nothing was written; empty if something was, or need not be
  record Outcome(int before, String refusal) {}

  /// Sets a service's number of replicas.
  ///
  /// @throws EngineException if the Engine refuses
  Outcome scale(String serviceId, int replicas) {
    var edit = new Edit(replicas);
    new ServiceUpdates(manager).change(serviceId, edit::apply);
    return new Outcome(edit.before, edit.refusal);
  }

  /// Replaces all tasks of a service one after the other, as its update settings say.
  ///
  /// @throws EngineException if the Engine refuses
  Outcome roll(String serviceId) {
    var edit = new Edit(-1);
    new ServiceUpdates(manager).change(serviceId, edit::apply);
    return new Outcome(edit.before, edit.refusal);
  }

  /// One change of a service's spec, applied again after a conflict.
  private static final class Edit {
    private final int replicas;
    private int before;
    private String refusal = "";
    private int force = -1;

    /// @param replicas the new number, or -1 for new tasks
    Edit(int replicas) {
      this.replicas = replicas;
    }

    ObjectNode apply(JsonNode service, ObjectNode spec) {
      ServiceSize now = ServiceSize.of(service);
      before = now.desired();
      if (replicas < 0) {
        JsonNode task = spec.path("TaskTemplate");
        force = Math.max(force, task.path("ForceUpdate").asInt(0) + 1);
        ((ObjectNode) task).put("ForceUpdate", force);
        return spec;
      }
      refusal = now.isReplicated() ? "" : "the service has no number of replicas";
      if (refusal.isEmpty()) {
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
      }
      return spec;
    }
  }

  /// Has the balancers leave a service's number alone.
  ///
  /// @param name the service's name
  /// @throws EngineException if the Engine refuses
  void pause(String name, String reason, String who) {
    String why =
        "%s%s, since %s"
            .formatted(
                reason.isEmpty() ? "" : reason + ", ",
                who,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    Board _ = ScalerBoard.change(manager, board -> board.pause(name, why));
  }

  /// Has the balancers scale it again.
  ///
  /// @param name the service's name
  /// @throws EngineException if the Engine refuses
  void resume(String name) {
    Board _ = ScalerBoard.change(manager, board -> board.resume(name));
  }
}
