package dev.weir.swarm.scale;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.Filters;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Why tasks of a service do not start.
///
/// @param words the Engine's own, such as `No such image: shop:9`
/// @param isUnplaced whether no node can take the task; otherwise a node tried and failed
record TaskFault(String words, boolean isUnplaced) {
  /// Asks for the tasks of a service, and returns why the latest of them does not run, if any slot
  /// has no running task.
  ///
  /// @param serviceId its id
  static Optional<TaskFault> find(Engine engine, String serviceId) {
    String updated = engine.get("/services/" + serviceId).path("UpdatedAt").asString("");
    List<Task> tasks =
        engine.list("/tasks", Filters.of("service", serviceId).query(), Task::of).stream()
            .filter(task -> task.isDesired || task.created.compareTo(updated) >= 0)
            .toList();
    return latest(tasks);
  }

  static Optional<TaskFault> latest(List<Task> tasks) {
    Set<Integer> served = new HashSet<>();
    tasks.stream().filter(Task::isRunning).forEach(task -> served.add(task.slot));
    return tasks.stream()
        .filter(task -> !served.contains(task.slot) && !task.error.isEmpty())
        .filter(task -> task.hasFailed() || task.isUnplaced())
        .max(Comparator.comparing(Task::created))
        .map(task -> new TaskFault(task.error, task.isUnplaced()));
  }

  /// A task, with the fields that tell why it does not run.
  ///
  /// @param slot its number
  /// @param created when, in the Engine's sortable form
  /// @param isDesired whether it should run
  /// @param state what it does
  /// @param error what went wrong, in the Engine's words; empty for nothing
  record Task(int slot, String created, boolean isDesired, String state, String error) {
    static Task of(JsonNode task) {
      JsonNode status = task.path("Status");
      return new Task(
          task.path("Slot").asInt(0),
          task.path("CreatedAt").asString(""),
          task.path("DesiredState").asString("").equals("running"),
          status.path("State").asString(""),
          status.path("Err").asString(""));
    }

    boolean isRunning() {
      return state.equals("running") && isDesired;
    }

    boolean hasFailed() {
      return state.equals("failed") || state.equals("rejected");
    }

    boolean isUnplaced() {
      return isDesired && state.equals("pending");
    }
  }
}
