package dev.weir.cluster.form;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The tasks of a swarm, as far as a node that goes is concerned.
final class Tasks {
  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

  private final Engine manager;

  Tasks(Engine manager) {
    this.manager = manager;
  }

  /// How many tasks of a node have not ended.
  int live(String nodeId) {
    return (int) all().stream().filter(task -> task.node.equals(nodeId) && !task.ended).count();
  }

  /// How many replicas run of each service that has some on a node.
  Map<String, Long> running(String nodeId) {
    Set<String> services =
        all().stream()
            .filter(task -> task.node.equals(nodeId) && task.running && task.slotted)
            .map(Task::service)
            .collect(Collectors.toCollection(TreeSet::new));
    return running(services);
  }

  private Map<String, Long> running(Set<String> services) {
    var counts = new TreeMap<String, Long>();
    services.forEach(service -> counts.put(service, 0L));
    all().stream()
        .filter(task -> task.running && services.contains(task.service))
        .forEach(task -> counts.merge(task.service, 1L, Long::sum));
    return counts;
  }

  /// The services of which fewer replicas run than before, with both numbers.
  List<String> fewer(Map<String, Long> before) {
    Map<String, Long> now = running(before.keySet());
    var fewer = new ArrayList<String>();
    before.forEach((service, count) -> {
      if (now.getOrDefault(service, 0L) < count) {
        fewer.add("%s: %d of %d".formatted(name(service), now.getOrDefault(service, 0L), count));
      }
    });
    return fewer;
  }

  private String name(String service) {
    return manager.get("/services/" + service).path("Spec").path("Name").asString(service);
  }

  /// One task.
  ///
  /// @param slotted whether it is a replica, rather than one of a global service
  private record Task(
      String service, String node, boolean running, boolean ended, boolean slotted) {}

  private List<Task> all() {
    return manager.list("/tasks", Map.of(), Tasks::task);
  }

  private static Task task(JsonNode task) {
    String state = task.path("Status").path("State").asString("");
    return new Task(
        task.path("ServiceID").asString(""),
        task.path("NodeID").asString(""),
        state.equals("running") && task.path("DesiredState").asString("").equals("running"),
        ENDED.contains(state),
        task.path("Slot").asInt(0) > 0);
  }
}
