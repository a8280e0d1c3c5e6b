package dev.weir.swarm.scale;

import dev.weir.scale.CountMark;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.ServiceUpdates;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceSize;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a service's number of replicas, unless the service has changed since the decision.
final class ReplicaWriter {
  /*
   * Each write replaces the spec that an update of the service would roll back to, and starts an
   * update anew that had stopped. So nothing is written while an update is under way.
   */
  private ReplicaWriter() {}

  /// Sets the number.
  ///
  /// @param serviceId its id
  /// @param expected the number that was decided about
  /// @param mark the new number, and who sets it
  /// @param mayWrite asked before each try, after all reading
  /// @return why nothing was written; empty if it was
  /// @throws EngineException if the Engine refuses
  static String set(
      Engine engine, String serviceId, int expected, CountMark mark, BooleanSupplier mayWrite) {
    var edit = new Edit(expected, mark, mayWrite);
    new ServiceUpdates(engine).change(serviceId, edit::apply);
    return edit.refusal;
  }

  /// One change of a service's spec, applied again after a conflict.
  private static final class Edit {
    private final int expected;
    private final CountMark mark;
    private final BooleanSupplier mayWrite;
    private String refusal = "";

    Edit(int expected, CountMark mark, BooleanSupplier mayWrite) {
      this.expected = expected;
      this.mark = mark;
      this.mayWrite = mayWrite;
    }

    ObjectNode apply(JsonNode service, ObjectNode spec) {
      ServiceSize now = ServiceSize.of(service);
      refusal = refusal(now);
      if (refusal.isEmpty()) {
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", mark.count());
        spec.withObjectProperty("Labels").put(ScaleLabels.SET, mark.text());
      }
      return spec;
    }

    private String refusal(ServiceSize now) {
      if (!now.isReplicated()) {
        return "the service is not replicated";
      }
      if (now.desired() != expected) {
        return "someone set %d replicas meanwhile".formatted(now.desired());
      }
      if (now.isUpdating()) {
        return "an update of the service is %s".formatted(now.update().replace('_', ' '));
      }
      return mayWrite.getAsBoolean() ? "" : "another balancer may act by now";
    }
  }
}
