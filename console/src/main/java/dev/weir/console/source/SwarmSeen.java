package dev.weir.console.source;

import dev.weir.swarm.scale.Board;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The swarm at one instant, as a manager knew it.
///
/// @param readMillis when it was read, by this machine's clock
/// @param source the manager's address
/// @param clusterId the swarm's id; empty if unknown
/// @param engine the version of that manager's Engine; empty if unknown
/// @param nodes its machines
/// @param services its services
/// @param tasks those that run or should, and those that ended lately
/// @param board what the balancers agree on
/// @param boardFailure why the board could not be read; empty if it was, or need not be
record SwarmSeen(
    long readMillis,
    String source,
    String clusterId,
    String engine,
    List<NodeSeen> nodes,
    List<ServiceSeen> services,
    List<TaskSeen> tasks,
    Board board,
    String boardFailure) {
  /// Nothing has been read yet.
  static final SwarmSeen NONE =
      new SwarmSeen(0, "", "", "", List.of(), List.of(), List.of(), Board.EMPTY, "");

  SwarmSeen {
    nodes = List.copyOf(nodes);
    services = List.copyOf(services);
    tasks = List.copyOf(tasks);
  }

  Map<String, NodeSeen> nodesById() {
    return byId(nodes, NodeSeen::id);
  }

  Map<String, ServiceSeen> servicesById() {
    return byId(services, ServiceSeen::id);
  }

  Map<String, TaskSeen> tasksById() {
    return byId(tasks, TaskSeen::id);
  }

  Map<String, List<TaskSeen>> tasksByService() {
    return tasks.stream().collect(Collectors.groupingBy(TaskSeen::service));
  }

  /// The service of that id.
  static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    return all.stream().collect(Collectors.toMap(id, one -> one, (a, _) -> a));
  }

  /// Such as `web.3`: the service and the slot, or in a global service the machine.
  String name(TaskSeen task) {
    return name(task, servicesById(), nodesById());
  }

  static String name(
      TaskSeen task, Map<String, ServiceSeen> services, Map<String, NodeSeen> nodes) {
    ServiceSeen service = services.get(task.service());
    NodeSeen node = nodes.get(task.node());
    String place = node == null ? task.node() : node.name();
    return "%s.%s"
        .formatted(
            service == null ? task.service() : service.name(),
            task.slot() > 0 ? String.valueOf(task.slot()) : place);
  }
}
