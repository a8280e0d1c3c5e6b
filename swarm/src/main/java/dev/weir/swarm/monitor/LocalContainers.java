package dev.weir.swarm.monitor;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The containers and the name of one engine. It only reads.
public final class LocalContainers {
  private static final Set<String> ENDED = Set.of("exited", "dead", "removing");

  private final Engine engine;

  /// Reads from an engine, which need not be a manager.
  public LocalContainers(Engine engine) {
    this.engine = engine;
  }

  /// A container.
  ///
  /// @param id the full id
  /// @param name without the leading slash
  /// @param service the swarm service it belongs to, or ""
  /// @param task the swarm task it runs, by id, or ""
  public record LocalContainer(String id, String name, String service, String task) {}

  /// The engine's host name.
  public String node() {
    return engine.get("/info").path("Name").asString("");
  }

  /// All containers that run or are about to. A container that was killed with its machine has
  /// ended, though its control groups may still exist.
  public List<LocalContainer> list() {
    var containers = new ArrayList<LocalContainer>();
    for (JsonNode one : engine.get("/containers/json", Map.of("all", "1"))) {
      if (ENDED.contains(one.path("State").asString(""))) {
        continue;
      }
      String id = one.path("Id").asString("");
      JsonNode labels = one.path("Labels");
      containers.add(
          new LocalContainer(
              id,
              name(one.path("Names"), id),
              labels.path("com.docker.swarm.service.name").asString(""),
              labels.path("com.docker.swarm.task.id").asString("")));
    }
    return containers;
  }

  /// The engine's statistics of a container, unchanged.
  public String stats(String id) {
    return engine
        .get("/containers/" + id + "/stats", Map.of("stream", "false", "one-shot", "true"))
        .toString();
  }

  /// Its own name, not one from a link of another container.
  private static String name(JsonNode names, String id) {
    for (JsonNode name : names) {
      String text = name.asString("");
      if (text.startsWith("/") && text.indexOf('/', 1) < 0) {
        return text.substring(1);
      }
    }
    return id;
  }
}
