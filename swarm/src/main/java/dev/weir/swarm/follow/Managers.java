package dev.weir.swarm.follow;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.engine.Filters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What is asked of the managers of a swarm.
final class Managers implements AutoCloseable {
  private final EngineFailover engines;

  Managers(List<EngineAddress> addresses) {
    this(new EngineFailover(addresses));
  }

  Managers(EngineFailover engines) {
    this.engines = engines;
  }

  /// The manager in use, connected.
  ///
  /// @throws EngineException if it does not respond
  Engine engine() {
    return engines.engine();
  }

  /// The address of the manager in use.
  String source() {
    return engines.source();
  }

  /// Turns to the next manager.
  void next() {
    engines.next();
  }

  @Override
  public void close() {
    engines.close();
  }

  private JsonNode ask(String path) {
    return ask(of -> of.get(path));
  }

  private <T> T ask(Function<Engine, T> question) {
    return engines.ask(question);
  }

  List<ServiceView> services(FollowSettings settings) {
    Filters filters = Filters.none();
    if (settings.followsLabels()) {
      filters.and("label", ServiceLabels.PORT);
    } else {
      settings.services().keySet().forEach(name -> filters.and("name", name));
    }
    return ask(of -> of.list("/services", filters.query(), ServiceView::of));
  }

  List<NodeView> nodes() {
    return ask(of -> of.list("/nodes", Map.of(), NodeView::of));
  }

  /// The tasks that are meant to run.
  ///
  /// @param serviceIds only of these services; empty for all
  List<TaskView> tasks(List<String> serviceIds) {
    Filters filters = Filters.of("desired-state", "running");
    serviceIds.forEach(id -> filters.and("service", id));
    return ask(of -> of.list("/tasks", filters.query(), TaskView::of));
  }

  /// The ids of the networks with these names.
  ///
  /// @throws UserError if a name is unknown
  List<String> networks(List<String> names) {
    return names.stream().map(this::network).toList();
  }

  private String network(String name) {
    try {
      return ask("/networks/" + name).path("Id").asString("");
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      throw new UserError(
          "--network: %s (expected: an overlay network; docker network ls lists them)"
              .formatted(name),
          e);
    }
  }

  /// The ids of a container's networks: from its task, which any manager knows, or else from the
  /// machine that is asked; empty if neither knows it.
  Optional<List<String>> networksOf(String containerId) {
    Optional<TaskView> own = task(containerId);
    if (own.isPresent()) {
      return Optional.of(List.copyOf(own.get().addresses().keySet()));
    }
    try {
      JsonNode container = ask("/containers/" + containerId + "/json");
      return Optional.of(
          container.path("NetworkSettings").path("Networks").properties().stream()
              .filter(network -> !network.getKey().equals("ingress"))
              .map(network -> network.getValue().path("NetworkID").asString(""))
              .filter(id -> !id.isEmpty())
              .toList());
    } catch (EngineException e) {
      // A socket proxy may refuse this request.
      if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.REFUSED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// The task that runs in a container; other tasks are not kept.
  private Optional<TaskView> task(String containerId) {
    Map<String, String> running = Filters.of("desired-state", "running").query();
    return ask(of -> of.list("/tasks", running, task -> in(containerId, task))).stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<TaskView> in(String containerId, JsonNode task) {
    JsonNode container = task.path("Status").path("ContainerStatus").path("ContainerID");
    return container.asString("").equals(containerId)
        ? Optional.of(TaskView.of(task))
        : Optional.empty();
  }
}
