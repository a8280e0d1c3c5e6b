package dev.weir.console.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What changed from one reading of the swarm to the next, in plain words.
///
/// @param before the earlier reading
/// @param now the later one
record SwarmDifferences(SwarmSeen before, SwarmSeen now) {
  private static final String NODE = "node";
  private static final String SERVICE = "service";
  private static final String TASK = "task";

  /// All of it; nothing if there was no earlier reading.
  List<EventSeen> events() {
    var events = new ArrayList<EventSeen>();
    if (before.readMillis() > 0) {
      nodes(events);
      services(events);
      tasks(events);
    }
    return events;
  }

  private void nodes(List<EventSeen> events) {
    Map<String, NodeSeen> earlier = before.nodesById();
    Map<String, NodeSeen> present = now.nodesById();
    present.forEach((id, node) -> {
      NodeSeen was = earlier.get(id);
      if (was == null) {
        events.add(info(NODE, id, "%s joined as a %s".formatted(node.name(), node.role())));
      } else {
        node(was, node, events);
      }
    });
    earlier.forEach((id, was) -> {
      if (!present.containsKey(id)) {
        events.add(warning(NODE, id, was.name() + " was removed from the swarm"));
      }
    });
  }

  private void node(NodeSeen was, NodeSeen node, List<EventSeen> events) {
    if (!was.state().equals(node.state())) {
      String why = node.problem().isEmpty() ? "" : ": " + node.problem();
      events.add(
          node.isReady()
              ? info(NODE, node.id(), node.name() + " is ready again")
              : error(NODE, node.id(), "%s is %s%s".formatted(node.name(), node.state(), why)));
    }
    if (!was.availability().equals(node.availability())) {
      String text =
          switch (node.availability()) {
            case "drain" -> node.name() + " is drained: its tasks move to other nodes";
            case "pause" -> node.name() + " is paused: it gets no new tasks";
            default -> node.name() + " takes tasks again";
          };
      events.add(warning(NODE, node.id(), text));
    }
    if (!was.role().equals(node.role())) {
      events.add(warning(NODE, node.id(), "%s is now a %s".formatted(node.name(), node.role())));
    }
    if (node.leader() && !was.leader()) {
      events.add(warning(NODE, node.id(), node.name() + " leads the managers now"));
    }
    if (was.reachable() && node.isManager() && !node.reachable()) {
      events.add(error(NODE, node.id(), "the manager " + node.name() + " is unreachable"));
    }
  }

  private void services(List<EventSeen> events) {
    Map<String, ServiceSeen> earlier = before.servicesById();
    Map<String, ServiceSeen> present = now.servicesById();
    present.forEach((id, service) -> {
      ServiceSeen was = earlier.get(id);
      if (was == null) {
        events.add(info(SERVICE, id, "%s was created".formatted(service.name())));
      } else {
        service(was, service, events);
      }
    });
    earlier.forEach((id, was) -> {
      if (!present.containsKey(id)) {
        events.add(warning(SERVICE, id, was.name() + " was removed"));
      }
    });
  }

  private void service(ServiceSeen was, ServiceSeen service, List<EventSeen> events) {
    if (was.replicas() != service.replicas() && service.replicas() >= 0) {
      events.add(
          info(
              SERVICE,
              service.id(),
              "%s was scaled from %d to %d"
                  .formatted(service.name(), was.replicas(), service.replicas())));
    }
    if (!was.image().equals(service.image())) {
      events.add(
          info(SERVICE, service.id(), "%s gets %s".formatted(service.name(), service.image())));
    }
    boolean isNew =
        !was.updateState().equals(service.updateState())
            || (service.isUpdating() && was.updateMillis() != service.updateMillis());
    if (isNew && !service.updateState().isEmpty()) {
      events.add(update(service));
    }
  }

  private EventSeen update(ServiceSeen service) {
    String name = service.name();
    String message = service.updateMessage().isEmpty() ? "" : ": " + service.updateMessage();
    return switch (service.updateState()) {
      case "updating" -> info(SERVICE, service.id(), "update of %s started".formatted(name));
      case "completed" -> info(SERVICE, service.id(), "update of %s completed".formatted(name));
      case "paused" ->
          error(SERVICE, service.id(), "update of %s stopped%s".formatted(name, message));
      case "rollback_started" ->
          warning(SERVICE, service.id(), "%s goes back to what it was%s".formatted(name, message));
      case "rollback_completed" ->
          warning(SERVICE, service.id(), "%s is back at what it was".formatted(name));
      default ->
          error(
              SERVICE,
              service.id(),
              "%s: %s%s".formatted(name, service.updateState().replace('_', ' '), message));
    };
  }

  private void tasks(List<EventSeen> events) {
    Map<String, TaskSeen> earlier = before.tasksById();
    Map<String, ServiceSeen> services = now.servicesById();
    Map<String, NodeSeen> nodes = now.nodesById();
    for (TaskSeen task : now.tasks()) {
      TaskSeen was = earlier.get(task.id());
      String state = was == null ? "" : was.state();
      if (!state.equals(task.state())) {
        task(task, SwarmSeen.name(task, services, nodes), place(task, nodes), events);
      } else if (was != null && !was.error().equals(task.error()) && !task.hasEnded()) {
        events.add(
            warning(
                TASK,
                task.id(),
                "%s waits: %s".formatted(SwarmSeen.name(task, services, nodes), task.error())));
      }
    }
  }

  private void task(TaskSeen task, String name, String place, List<EventSeen> events) {
    switch (task.state()) {
      case "running" -> events.add(info(TASK, task.id(), "%s runs%s".formatted(name, place)));
      case "complete" ->
          events.add(info(TASK, task.id(), "%s is complete%s".formatted(name, place)));
      case "shutdown" -> events.add(info(TASK, task.id(), "%s stopped%s".formatted(name, place)));
      case "failed", "rejected", "orphaned" ->
          events.add(
              error(TASK, task.id(), "%s%s %s%s".formatted(name, place, task.state(), why(task))));
      case "pending" -> {
        if (!task.error().isEmpty()) {
          events.add(warning(TASK, task.id(), "%s waits: %s".formatted(name, task.error())));
        }
      }
      default -> {} // on its way to one of the others
    }
  }

  private static String why(TaskSeen task) {
    if (task.exitCode() > 0) {
      return ": exit %d".formatted(task.exitCode());
    }
    return task.error().isEmpty() ? "" : ": " + task.error();
  }

  private static String place(TaskSeen task, Map<String, NodeSeen> nodes) {
    NodeSeen node = nodes.get(task.node());
    return node == null ? "" : " on " + node.name();
  }

  private EventSeen info(String kind, String id, String text) {
    return EventSeen.info(now.readMillis(), kind, kind + "/" + id, text);
  }

  private EventSeen warning(String kind, String id, String text) {
    return EventSeen.warning(now.readMillis(), kind, kind + "/" + id, text);
  }

  private EventSeen error(String kind, String id, String text) {
    return EventSeen.error(now.readMillis(), kind, kind + "/" + id, text);
  }
}
