package dev.weir.swarm.follow;

import tools.jackson.databind.JsonNode;

/// How many tasks a service should have, and whether that may change now.
///
/// @param isReplicated whether it has a number at all; a global service has a task on each node
/// @param desired the number, >= 0; 0 if it has none
/// @param mark what Weir noted when it set a number; empty for nothing
/// @param update the state of the service's last update, such as `updating`; empty for none
public record ServiceSize(boolean isReplicated, int desired, String mark, String update) {
  /// Reads it from a service as the Engine describes it.
  public static ServiceSize of(JsonNode service) {
    JsonNode replicated = service.path("Spec").path("Mode").path("Replicated");
    return new ServiceSize(
        replicated.isObject(),
        Math.max(0, replicated.path("Replicas").asInt(0)),
        service.path("Spec").path("Labels").path(ScaleLabels.SET).asString(""),
        service.path("UpdateStatus").path("State").asString(""));
  }

  /// Whether an update or a rollback is under way, or has stopped in the middle.
  public boolean isUpdating() {
    return update.equals("updating") || update.equals("paused") || isRollingBack();
  }

  private boolean isRollingBack() {
    return update.equals("rollback_started") || update.equals("rollback_paused");
  }
}
