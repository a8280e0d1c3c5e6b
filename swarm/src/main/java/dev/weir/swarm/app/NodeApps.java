package dev.weir.swarm.app;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.RegistryAuth;
import dev.weir.swarm.nodes.SwarmNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Apps on a chosen node of a swarm: services of one replica, bound to that node.
final class NodeApps {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> OVER =
      Set.of("failed", "rejected", "complete", "orphaned", "remove");

  /// The least time for a node to pull and start an app; waiting for a response comes after it.
  private static final Duration START_MIN = Duration.ofSeconds(60);

  private final Engine manager;

  NodeApps(Engine manager) {
    this.manager = manager;
  }

  StartedApp run(AppSpec app, String on, Duration wait, RegistryAuth auth, StartListener listener) {
    SwarmNode node = node(on);
    for (PublishedPort port : app.ports()) {
      if (!port.address().isEmpty()) {
        throw new UserError(
            "--publish: %s:%d:%d (expected: PORT:CONTAINER-PORT with --on; a swarm binds all addresses of the node)"
                .formatted(port.address(), port.published(), port.target()));
      }
    }
    Map<String, String> headers = auth.headers(app.image());
    String image = pinned(app.image(), headers, listener);
    String id = create(app, image, node, headers);
    try {
      return await(app, image, id, node, wait, listener);
    } catch (UserError | EngineException e) {
      manager.delete("/services/" + id, Map.of());
      throw e;
    }
  }

  private SwarmNode node(String on) {
    List<SwarmNode> all = SwarmNode.all(manager);
    List<SwarmNode> named =
        all.stream().filter(n -> n.hostname().equals(on) || n.id().equals(on)).toList();
    // A machine that left and came back is listed twice, once as down.
    List<SwarmNode> ready = named.stream().filter(SwarmNode::isReady).toList();
    List<SwarmNode> found = ready.isEmpty() ? named : ready;
    if (found.size() != 1) {
      throw new UserError(
          "--on: %s (expected: %s of %s)"
              .formatted(
                  on,
                  found.isEmpty() ? "one" : "the id, since several have that name; one",
                  all.stream()
                      .map(n -> found.isEmpty() ? n.hostname() : n.id() + " " + n.hostname())
                      .collect(Collectors.joining(", "))));
    }
    SwarmNode node = found.getFirst();
    if (!node.isReady() || !node.availability().equals("active")) {
      throw new UserError(
          "--on: %s is %s and %s (expected: a node that is ready and active; see weir swarm status)"
              .formatted(on, node.state(), node.availability()));
    }
    return node;
  }

  /// Adds the digest, as the docker command does, so that the node runs what the tag means now.
  private String pinned(String image, Map<String, String> headers, StartListener listener) {
    if (image.contains("@") || image.startsWith("sha256:")) {
      return image;
    }
    listener.note("looking up " + image);
    try {
      JsonNode found = manager.get("/distribution/" + image + "/json", Map.of(), headers);
      String digest = found.path("Descriptor").path("digest").asString("");
      return digest.isEmpty() ? image : image + "@" + digest;
    } catch (EngineException e) {
      if (e.status() == 0) {
        throw e;
      }
      listener.note("no registry knows %s; the node must have it".formatted(image));
      return image;
    }
  }

  private String create(AppSpec app, String image, SwarmNode node, Map<String, String> headers) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("Name", app.name());
    body.putObject("Labels").put(AppSpec.LABEL, app.name());
    body.putObject("Mode").putObject("Replicated").put("Replicas", 1);
    ObjectNode task = body.putObject("TaskTemplate");
    ObjectNode container = task.putObject("ContainerSpec").put("Image", image);
    container.putObject("Labels").put(AppSpec.LABEL, app.name());
    app.environment().forEach(container.putArray("Env")::add);
    if (!app.arguments().isEmpty()) {
      app.arguments().forEach(container.putArray("Args")::add);
    }
    task.putObject("Placement").putArray("Constraints").add("node.id==" + node.id());
    ObjectNode endpoint = body.putObject("EndpointSpec");
    for (PublishedPort port : app.ports()) {
      ObjectNode entry = endpoint.withArrayProperty("Ports").addObject();
      entry.put("Protocol", port.protocol()).put("TargetPort", port.target());
      // On the node itself: there is one replica, and the mesh would add a hop.
      entry.put("PublishMode", "host");
      if (port.published() > 0) {
        entry.put("PublishedPort", port.published());
      }
    }
    try {
      return manager.post("/services/create", Map.of(), body, headers).path("ID").asString("");
    } catch (EngineException e) {
      if (e.reason() == EngineException.Reason.CONFLICT) {
        throw new UserError(
            "--name: %s is in use (remove it: weir app rm %s; or choose another)"
                .formatted(app.name(), app.name()),
            e);
      }
      throw e;
    }
  }

  private StartedApp await(
      AppSpec app, String image, String id, SwarmNode node, Duration wait, StartListener listener) {
    JsonNode task = running(app, id, wait, listener);
    String container = task.path("Status").path("ContainerStatus").path("ContainerID").asString("");
    List<String> urls = urls(app, task, node);
    Readiness readiness =
        urls.isEmpty() || wait.isZero()
            ? new Readiness.Running()
            : ResponseProbe.await(urls.getFirst(), wait, () -> over(id));
    if (readiness instanceof Readiness.Ended) {
      manager.delete("/services/" + id, Map.of());
    }
    return new StartedApp(app.name(), image, container, node.hostname(), urls, readiness);
  }

  /// The task, once it runs.
  private JsonNode running(AppSpec app, String id, Duration wait, StartListener listener) {
    Duration time = wait.compareTo(START_MIN) > 0 ? wait : START_MIN;
    long startNanos = System.nanoTime();
    String seen = "";
    while (true) {
      Optional<JsonNode> newest = newest(id);
      String state = newest.map(NodeApps::state).orElse("new");
      if (state.equals("running")) {
        return newest.orElseThrow();
      }
      String why = newest.map(NodeApps::why).orElse("");
      if (OVER.contains(state)) {
        throw new UserError("%s: %s on its node: %s".formatted(app.name(), state, why));
      }
      if (System.nanoTime() - startNanos > time.toNanos()) {
        throw new UserError(
            "%s: still %s after %d s%s (see docker service ps %s; more time: --wait)"
                .formatted(
                    app.name(),
                    state,
                    time.toSeconds(),
                    why.isEmpty() ? "" : ": " + why,
                    app.name()));
      }
      if (!state.equals(seen)) {
        listener.note("task " + state.toLowerCase(Locale.ROOT));
        seen = state;
      }
      ResponseProbe.pause();
    }
  }

  private Optional<String> over(String id) {
    return newest(id)
        .filter(task -> OVER.contains(state(task)))
        .map(task -> "task %s: %s".formatted(state(task), why(task)));
  }

  private Optional<JsonNode> newest(String id) {
    JsonNode tasks = manager.get("/tasks", Filters.of("service", id).query());
    return StreamSupport.stream(tasks.spliterator(), false)
        .max(Comparator.comparing(task -> task.path("CreatedAt").asString("")));
  }

  private static String state(JsonNode task) {
    return task.path("Status").path("State").asString("new");
  }

  private static String why(JsonNode task) {
    JsonNode status = task.path("Status");
    String error = status.path("Err").asString("");
    return error.isEmpty() ? status.path("Message").asString("") : error;
  }

  private static List<String> urls(AppSpec app, JsonNode task, SwarmNode node) {
    var urls = new ArrayList<String>();
    for (PublishedPort port : app.ports()) {
      if (port.protocol().equals("tcp")) {
        String published =
            StreamSupport.stream(
                    task.path("Status").path("PortStatus").path("Ports").spliterator(), false)
                .filter(p -> p.path("TargetPort").asInt(0) == port.target())
                .map(p -> p.path("PublishedPort").asString(""))
                .findFirst()
                .orElse(Integer.toString(port.published()));
        urls.add(LocalApps.url(node.address(), published));
      }
    }
    return urls;
  }
}
