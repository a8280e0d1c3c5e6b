package dev.weir.swarm.gate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a console may change of any service: its number of replicas, and the count that has its
/// tasks replaced, by one.
///
/// @param present the spec in force
record ConsoleChange(ObjectNode present) implements ServiceChange {
  private static final String TEMPLATE = "TaskTemplate";
  private static final String FORCE = "ForceUpdate";
  private static final int REPLICAS_MAX = 10_000;

  /// @throws ForbiddenException if there is no spec
  static ConsoleChange of(JsonNode present) throws ForbiddenException {
    if (present instanceof ObjectNode spec && spec.path(TEMPLATE) instanceof ObjectNode) {
      return new ConsoleChange(spec);
    }
    throw new ForbiddenException("the service has no spec");
  }

  @Override
  public ObjectNode next(ObjectNode posted) throws ForbiddenException {
    ObjectNode next = present.deepCopy();
    if (next.path("Mode").path("Replicated") instanceof ObjectNode replicated) {
      count(replicated, posted.path("Mode").path("Replicated").path("Replicas"));
    }
    int force = present.path(TEMPLATE).path(FORCE).asInt(0) + 1;
    JsonNode asked = posted.path(TEMPLATE).path(FORCE);
    if (asked.isInt() && asked.asInt() == force) {
      ((ObjectNode) next.path(TEMPLATE)).put(FORCE, force);
    }
    if (!next.equals(posted)) {
      throw new ForbiddenException(
          "the spec differs from the present one; only Mode.Replicated.Replicas may, and"
              + " TaskTemplate.ForceUpdate by one");
    }
    return next;
  }

  private static void count(ObjectNode replicated, JsonNode count) throws ForbiddenException {
    if (count.equals(replicated.path("Replicas"))) {
      return;
    }
    if (!count.isInt() || count.asInt() < 0 || count.asInt() > REPLICAS_MAX) {
      throw new ForbiddenException(
          "Mode.Replicated.Replicas is no number from 0 to " + REPLICAS_MAX);
    }
    replicated.put("Replicas", count.asInt());
  }
}
