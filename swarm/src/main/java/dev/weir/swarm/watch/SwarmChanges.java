package dev.weir.swarm.watch;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reports changes in a swarm since the last call: tasks that started or ended, services that were
/// scaled or updated, nodes that came, went or fell silent.
///
/// Not thread-safe.
public final class SwarmChanges {
  /*
   * It polls instead of listening for events: events do not say why a task ended, and are lost
   * while the stream is down. The manager still lists a task that started and ended between two
   * polls.
   */
  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

  private final Engine manager;
  private final Map<String, String> taskStates = new HashMap<>();
  private final Map<String, ServiceState> services = new HashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final Map<String, String> nodeNames = new HashMap<>();

  private boolean primed;

  /// The last known state of a service.
  private record ServiceState(String name, long replicas, String spec) {}

  /// Watches a manager's swarm from now on.
  ///
  /// @throws EngineException if it does not respond, or is not a manager
  public SwarmChanges(Engine manager) {
    this.manager = manager;
    List<SwarmChange> _ = since();
    primed = true;
  }

  /// The changes since the last call, in the order of time.
  ///
  /// @throws EngineException if the manager does not respond; no change is lost
  public List<SwarmChange> since() {
    JsonNode servicesNow = manager.get("/services");
    JsonNode tasksNow = manager.get("/tasks");
    JsonNode nodesNow = manager.get("/nodes");
    var changes = new ArrayList<SwarmChange>();
    nodes(nodesNow, changes);
    services(servicesNow, changes);
    tasks(tasksNow, changes);
    changes.sort((a, b) -> a.at().compareTo(b.at()));
    return changes;
  }

  /// By id: a node that left and joined again is listed twice under one name.
  private void nodes(JsonNode now, List<SwarmChange> changes) {
    Set<String> gone = new HashSet<>(nodes.keySet());
    for (JsonNode node : now) {
      String id = node.path("ID").asString("");
      gone.remove(id);
      String name = node.path("Description").path("Hostname").asString("");
      String state =
          node.path("Status").path("State").asString("")
              + ", "
              + node.path("Spec").path("Availability").asString("");
      nodeNames.put(id, name);
      String before = nodes.put(id, state);
      if (before == null && primed) {
        changes.add(new SwarmChange(Instant.now(), "node-joined", name, state));
      } else if (before != null && !before.equals(state)) {
        changes.add(new SwarmChange(Instant.now(), "node-changed", name, before + " -> " + state));
      }
    }
    for (String id : gone) {
      nodes.remove(id);
      changes.add(
          new SwarmChange(
              Instant.now(), "node-removed", nodeNames.getOrDefault(id, id), "the node is gone"));
    }
  }

  private void services(JsonNode now, List<SwarmChange> changes) {
    Set<String> gone = new HashSet<>(services.keySet());
    for (JsonNode service : now) {
      String id = service.path("ID").asString("");
      gone.remove(id);
      ServiceState state = state(service);
      ServiceState before = services.put(id, state);
      if (before == null && primed) {
        changes.add(
            new SwarmChange(Instant.now(), "service-created", state.name(), "the service is new"));
      } else if (before != null) {
        compare(before, state, at(service.path("UpdatedAt").asString("")), changes);
      }
    }
    for (String id : gone) {
      ServiceState before = services.remove(id);
      if (before != null) {
        changes.add(
            new SwarmChange(
                Instant.now(), "service-removed", before.name(), "the service is gone"));
      }
    }
  }

  private static ServiceState state(JsonNode service) {
    JsonNode spec = service.path("Spec");
    return new ServiceState(
        spec.path("Name").asString(""),
        spec.path("Mode").path("Replicated").path("Replicas").asLong(-1),
        spec.path("TaskTemplate").toString());
  }

  private static void compare(
      ServiceState before, ServiceState now, Instant at, List<SwarmChange> changes) {
    if (before.replicas() != now.replicas()) {
      changes.add(
          new SwarmChange(
              at,
              "service-scaled",
              now.name(),
              "%d -> %d replicas".formatted(before.replicas(), now.replicas())));
    }
    if (!before.spec().equals(now.spec())) {
      changes.add(
          new SwarmChange(at, "service-updated", now.name(), "its tasks are being replaced"));
    }
  }

  private void tasks(JsonNode now, List<SwarmChange> changes) {
    Set<String> gone = new HashSet<>(taskStates.keySet());
    for (JsonNode task : now) {
      String id = task.path("ID").asString("");
      gone.remove(id);
      String state = task.path("Status").path("State").asString("");
      String before = taskStates.put(id, state);
      boolean changed = !state.equals(before) && (primed || before != null);
      if (changed && state.equals("running")) {
        changes.add(change(task, "task-running", "runs on " + node(task)));
      } else if (changed && ENDED.contains(state) && !(before != null && ENDED.contains(before))) {
        changes.add(change(task, "task-ended", state + " on " + node(task) + why(task)));
      }
    }
    taskStates.keySet().removeAll(gone);
  }

  private SwarmChange change(JsonNode task, String kind, String text) {
    return new SwarmChange(
        at(task.path("Status").path("Timestamp").asString("")), kind, name(task), text);
  }

  /// The Engine's name for its container: service, slot (or node, in a global service), task.
  private String name(JsonNode task) {
    ServiceState service = services.get(task.path("ServiceID").asString(""));
    String id = task.path("ID").asString("");
    if (service == null) {
      return id;
    }
    long slot = task.path("Slot").asLong(0);
    return "%s.%s.%s"
        .formatted(
            service.name(), slot > 0 ? String.valueOf(slot) : task.path("NodeID").asString(""), id);
  }

  private String node(JsonNode task) {
    String id = task.path("NodeID").asString("");
    return id.isEmpty() ? "no node" : nodeNames.getOrDefault(id, id);
  }

  private static String why(JsonNode task) {
    String error = task.path("Status").path("Err").asString("");
    return error.isEmpty() ? "" : ": " + error;
  }

  private static Instant at(String timestamp) {
    try {
      return Instant.parse(timestamp);
    } catch (DateTimeException e) {
      return Instant.now(); // an engine that does not say
    }
  }
}
