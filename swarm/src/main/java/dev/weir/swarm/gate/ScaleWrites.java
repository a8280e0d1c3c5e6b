package dev.weir.swarm.gate;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.gate.AllowedWrite.ConfigCreate;
import dev.weir.swarm.gate.AllowedWrite.ConfigUpdate;
import dev.weir.swarm.gate.AllowedWrite.CountUpdate;
import dev.weir.swarm.scale.ScalerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries out what the presets `scale` and `console-write` may change. It reads the object itself,
/// compares, and writes the object that it read with the few allowed changes.
///
/// The Engine accepts an update only with the version in force. If the client read an older one,
/// the present spec is posted with that version, so that the Engine refuses it in its own words and
/// the client reads again. A version above the one that was read is refused: were another writer to
/// reach it meanwhile, the update would undo his change.
final class ScaleWrites {
  private final Engine engine;
  private final Set<Preset> presets;

  ScaleWrites(Engine engine, Set<Preset> presets) {
    this.engine = engine;
    this.presets = presets;
  }

  /// Carries out a request, and returns the Engine's response.
  ///
  /// @throws ForbiddenException if the body is not allowed
  /// @throws EngineException if the Engine refuses
  JsonNode write(AllowedWrite write, String body) throws ForbiddenException {
    ObjectNode posted = PostedJson.object(body);
    return switch (write) {
      case CountUpdate(String service, long version) -> count(service, version, posted);
      case ConfigCreate() -> engine.post("/configs/create", Map.of(), ConfigChange.created(posted));
      case ConfigUpdate(String config, long version) -> labels(config, version, posted);
    };
  }

  private JsonNode count(String service, long version, ObjectNode posted)
      throws ForbiddenException {
    JsonNode read = engine.get("/services/" + service);
    ServiceChange change = change(read.path("Spec"), posted);
    ObjectNode next = isStale(read, version) ? change.present() : change.next(posted);
    var query = new LinkedHashMap<String, String>();
    query.put("version", Long.toString(version));
    query.put("registryAuthFrom", "spec");
    return engine.post("/services/" + id(read) + "/update", query, next);
  }

  /// With both presets, a balancer's change is the one that sets its mark.
  private ServiceChange change(JsonNode present, ObjectNode posted) throws ForbiddenException {
    boolean isMarked =
        !posted
            .path("Labels")
            .path(ScaleLabels.SET)
            .equals(present.path("Labels").path(ScaleLabels.SET));
    boolean isConsole = presets.contains(Preset.CONSOLE_WRITE);
    return isConsole && !(isMarked && presets.contains(Preset.SCALE))
        ? ConsoleChange.of(present)
        : CountChange.of(present);
  }

  private JsonNode labels(String config, long version, ObjectNode posted)
      throws ForbiddenException {
    JsonNode read = engine.get("/configs/" + ScalerConfig.NAME);
    if (!config.equals(ScalerConfig.NAME) && !config.equals(id(read))) {
      throw new ForbiddenException("only the config %s changes here".formatted(ScalerConfig.NAME));
    }
    if (!(read.path("Spec") instanceof ObjectNode present)) {
      throw new ForbiddenException("the config %s has no spec".formatted(ScalerConfig.NAME));
    }
    ObjectNode next = isStale(read, version) ? present : ConfigChange.updated(present, posted);
    return engine.post(
        "/configs/" + id(read) + "/update", Map.of("version", Long.toString(version)), next);
  }

  private static boolean isStale(JsonNode read, long version) throws ForbiddenException {
    long present = read.path("Version").path("Index").asLong(-1);
    if (version > present) {
      throw new ForbiddenException("version %d is not reached yet".formatted(version));
    }
    return version < present;
  }

  private static String id(JsonNode read) throws ForbiddenException {
    String id = read.path("ID").asString("");
    if (!id.matches("[A-Za-z0-9]{1,64}")) {
      throw new ForbiddenException("the Engine named no id");
    }
    return id;
  }
}
