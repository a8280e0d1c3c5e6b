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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The apps of one Engine: on its own machine, and on the nodes of the swarm that it manages.
public final class Apps {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Engine engine;

  /// Apps through `engine`.
  public Apps(Engine engine) {
    this.engine = engine;
  }

  /// Pulls an image and runs it, on the Engine's own machine or on a node of its swarm. If it does
  /// not start, it is removed.
  ///
  /// @param on a node's name or id
  /// @param wait how long it may take to respond; zero does not wait
  public StartedApp run(
      AppSpec app,
      Optional<String> on,
      PullPolicy pull,
      Duration wait,
      RegistryAuth auth,
      StartListener listener) {
    if (on.isEmpty()) {
      return new LocalApps(engine).run(app, pull, wait, auth, listener);
    }
    if (pull == PullPolicy.NEVER) {
      throw new UserError(
          "--pull: never (expected: missing or always with --on; the node's engine looks for itself)");
    }
    return new NodeApps(engine).run(app, on.get(), wait, auth, listener);
  }

  /// What was started by `run` and has not been removed, by name.
  public List<AppRow> list() {
    var rows = new ArrayList<AppRow>(containers());
    if (isManager()) {
      rows.addAll(services());
    }
    rows.sort(Comparator.comparing(AppRow::name).thenComparing(AppRow::id));
    return List.copyOf(rows);
  }

  /// The rows as JSON.
  public static String json(List<AppRow> rows) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(rows);
  }

  /// Stops and removes an app that was started by `run`.
  public AppRow remove(String name) {
    List<AppRow> found = list().stream().filter(row -> row.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw new UserError(
          "NAME: %s (expected: an app that 'weir app ls' lists; for other containers: docker rm)"
              .formatted(name));
    }
    found.forEach(this::remove);
    return found.getFirst();
  }

  private void remove(AppRow row) {
    try {
      if (row.kind().equals("service")) {
        engine.delete("/services/" + row.id(), Map.of());
        return;
      }
      engine.post("/containers/" + row.id() + "/stop", Map.of(), null);
      engine.delete("/containers/" + row.id(), Map.of("force", "true", "v", "true"));
    } catch (EngineException e) {
      if (e.reason() != EngineException.Reason.NOT_FOUND) {
        throw e;
      }
    }
  }

  private boolean isManager() {
    return engine.get("/info").path("Swarm").path("ControlAvailable").asBoolean(false);
  }

  /// A container that is a task of a service is listed with the service.
  private List<AppRow> containers() {
    var query = new LinkedHashMap<>(Filters.of("label", AppSpec.LABEL).query());
    query.put("all", "true");
    return StreamSupport.stream(engine.get("/containers/json", query).spliterator(), false)
        .filter(container -> !container.path("Labels").has("com.docker.swarm.service.id"))
        .map(Apps::container)
        .toList();
  }

  private static AppRow container(JsonNode container) {
    String ports =
        StreamSupport.stream(container.path("Ports").spliterator(), false)
            .filter(port -> port.has("PublicPort"))
            .map(port ->
                "%d->%d/%s"
                    .formatted(
                        port.path("PublicPort").asInt(),
                        port.path("PrivatePort").asInt(),
                        port.path("Type").asString("")))
            .distinct()
            .collect(Collectors.joining(", "));
    return new AppRow(
        container.path("Labels").path(AppSpec.LABEL).asString(""),
        "container",
        container.path("Image").asString(""),
        container.path("State").asString(""),
        ports,
        "",
        container.path("Id").asString(""));
  }

  private List<AppRow> services() {
    Map<String, String> nodes =
        SwarmNode.all(engine).stream()
            .collect(Collectors.toMap(SwarmNode::id, SwarmNode::hostname));
    var rows = new ArrayList<AppRow>();
    engine
        .get("/services", Filters.of("label", AppSpec.LABEL).query())
        .forEach(service -> rows.add(service(service, nodes)));
    return rows;
  }

  private AppRow service(JsonNode service, Map<String, String> nodes) {
    String id = service.path("ID").asString("");
    JsonNode spec = service.path("Spec");
    Optional<JsonNode> task =
        StreamSupport.stream(
                engine.get("/tasks", Filters.of("service", id).query()).spliterator(), false)
            .max(Comparator.comparing(t -> t.path("CreatedAt").asString("")));
    String ports =
        StreamSupport.stream(spec.path("EndpointSpec").path("Ports").spliterator(), false)
            .map(port ->
                "%s->%d/%s"
                    .formatted(
                        port.path("PublishedPort").asString("?"),
                        port.path("TargetPort").asInt(),
                        port.path("Protocol").asString("")))
            .collect(Collectors.joining(", "));
    return new AppRow(
        spec.path("Name").asString(""),
        "service",
        spec.at("/TaskTemplate/ContainerSpec/Image").asString("").replaceFirst("@.*", ""),
        task.map(t -> t.path("Status").path("State").asString("")).orElse("new"),
        ports,
        task.map(t -> nodes.getOrDefault(t.path("NodeID").asString(""), "")).orElse(""),
        id);
  }
}
