package dev.weir.swarm.follow;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The managers of a swarm, of which one is asked until it fails, and then the next.
final class Managers implements AutoCloseable {
  private final List<EngineAddress> addresses;
  private final Object connecting = new Object();
  private volatile int current;
  private volatile @Nullable Engine engine;
  private volatile boolean closed;

  Managers(List<EngineAddress> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /// The one to ask now, connected.
  ///
  /// @throws EngineException if it does not answer
  Engine engine() {
    synchronized (connecting) {
      Engine present = engine;
      if (present != null) {
        return present;
      }
      Engine connected = Engine.connect(addresses.get(current));
      engine = connected;
      if (closed) {
        connected.close();
      }
      return connected;
    }
  }

  /// Where the one to ask listens.
  String source() {
    return addresses.get(current).toString();
  }

  /// Turns to the next.
  void next() {
    cut();
    current = (current + 1) % addresses.size();
  }

  /// Cuts what is being asked.
  void cut() {
    Engine asked = engine;
    engine = null;
    if (asked != null) {
      asked.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    cut();
  }

  List<ServiceView> services(FollowSettings settings) {
    Filters filters = Filters.none();
    if (settings.followsLabels()) {
      filters.and("label", ServiceLabels.PORT);
    } else {
      settings.services().keySet().forEach(name -> filters.and("name", name));
    }
    var services = new ArrayList<ServiceView>();
    engine().get("/services", filters.query()).forEach(one -> services.add(ServiceView.of(one)));
    return services;
  }

  List<NodeView> nodes() {
    var nodes = new ArrayList<NodeView>();
    engine().get("/nodes").forEach(one -> nodes.add(NodeView.of(one)));
    return nodes;
  }

  /// The tasks that are meant to run.
  ///
  /// @param serviceIds of these services only; empty for all
  List<TaskView> tasks(List<String> serviceIds) {
    Filters filters = Filters.of("desired-state", "running");
    serviceIds.forEach(id -> filters.and("service", id));
    return TaskView.all(engine().get("/tasks", filters.query()));
  }

  /// The ids of the networks of these names.
  ///
  /// @throws UserError if there is none of a name
  List<String> networks(List<String> names) {
    return names.stream().map(this::network).toList();
  }

  private String network(String name) {
    try {
      return engine().get("/networks/" + name).path("Id").asString("");
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

  /// The ids of the networks of a container on the machine that is asked; empty if it is not there.
  Optional<List<String>> networksOf(String containerId) {
    try {
      JsonNode container = engine().get("/containers/" + containerId + "/json");
      return Optional.of(
          container.path("NetworkSettings").path("Networks").properties().stream()
              .filter(network -> !network.getKey().equals("ingress"))
              .map(network -> network.getValue().path("NetworkID").asString(""))
              .filter(id -> !id.isEmpty())
              .toList());
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
