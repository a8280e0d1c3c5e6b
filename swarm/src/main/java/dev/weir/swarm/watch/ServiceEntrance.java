package dev.weir.swarm.watch;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.nodes.SwarmNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Where requests from outside of the swarm enter a service.
///
/// @param url the server, such as `http://10.0.0.4:80`
/// @param host the host to request, or ""
/// @param path the prefix of its requests' paths; "/" if it takes all
/// @param through the balancer's service; "" if the service has a port of its own
public record ServiceEntrance(String url, String host, String path, String through) {
  /*
   * A service without a port of its own is behind a balancer if the swarm runs one: a service with
   * the command Weir `balance` and a port. A port in host mode is open on the nodes that run a
   * task, one in ingress mode on all nodes, including the manager.
   */
  private static final String BALANCE = "balance";
  private static final String PORT_LABEL = "weir.port";

  /// Finds it.
  ///
  /// @throws UserError if the service does not exist, or has no entrance
  public static ServiceEntrance find(Engine manager, String service) {
    JsonNode spec = spec(manager, service);
    JsonNode labels = spec.path("Labels");
    String path = labels.path("weir.path").asString("/");
    Optional<String> own = published(manager, service, labels.path(PORT_LABEL).asString(""));
    if (own.isPresent()) {
      return new ServiceEntrance(own.get(), "", path, "");
    }
    if (labels.has(PORT_LABEL)) {
      for (String balancer : balancers(manager)) {
        Optional<String> front = published(manager, balancer, "");
        if (front.isPresent()) {
          String host = labels.path("weir.host").asString("").replaceFirst(",.*", "").strip();
          return new ServiceEntrance(front.get(), host.replaceFirst("^\\*", "any"), path, balancer);
        }
      }
    }
    throw new UserError(
        ("--service: %s has no port that is open outside of the swarm (expected: a published port, or"
                + " a balancer of Weir's with one before it; or say where to send with --url)")
            .formatted(service));
  }

  private static JsonNode spec(Engine manager, String service) {
    try {
      return manager.get("/services/" + service).path("Spec");
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        throw new UserError(
            "--service: %s (expected: one of %s)".formatted(service, names(manager)), e);
      }
      throw e;
    }
  }

  private static String names(Engine manager) {
    List<String> names = new ArrayList<>();
    manager.get("/services").forEach(one -> names.add(one.path("Spec").path("Name").asString("")));
    return names.isEmpty()
        ? "the swarm's services, of which there is none"
        : String.join(", ", names.stream().sorted().toList());
  }

  private static List<String> balancers(Engine manager) {
    List<String> names = new ArrayList<>();
    for (JsonNode service : manager.get("/services")) {
      JsonNode container = service.path("Spec").path("TaskTemplate").path("ContainerSpec");
      if (container.path("Args").path(0).asString("").equals(BALANCE)) {
        names.add(service.path("Spec").path("Name").asString(""));
      }
    }
    return names;
  }

  /// The URL of its port: the one that its label names, or else the first.
  private static Optional<String> published(Engine manager, String service, String target) {
    JsonNode ports = manager.get("/services/" + service).path("Endpoint").path("Ports");
    for (JsonNode port : ports) {
      boolean wanted = target.isEmpty() || target.equals(port.path("TargetPort").asString(""));
      if (wanted && port.path("Protocol").asString("tcp").equals("tcp")) {
        boolean onItsNodes = port.path("PublishMode").asString("").equals("host");
        Optional<String> node = onItsNodes ? nodeOf(manager, service) : ownAddress(manager);
        return node.map(address -> url(address, port.path("PublishedPort").asInt(0)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nodeOf(Engine manager, String service) {
    Filters running = Filters.of("service", service).and("desired-state", "running");
    List<String> nodes = new ArrayList<>();
    for (JsonNode task : manager.get("/tasks", running.query())) {
      if (task.path("Status").path("State").asString("").equals("running")) {
        nodes.add(task.path("NodeID").asString(""));
      }
    }
    return SwarmNode.all(manager).stream()
        .filter(node -> nodes.contains(node.id()) && node.isReady())
        .map(SwarmNode::address)
        .findFirst();
  }

  private static Optional<String> ownAddress(Engine manager) {
    String own = manager.get("/info").path("Swarm").path("NodeAddr").asString("");
    return own.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  private static String url(String address, int port) {
    return "http://%s:%d".formatted(address.contains(":") ? "[" + address + "]" : address, port);
  }
}
