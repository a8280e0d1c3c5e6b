package dev.weir.swarm.scale;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The [Board] in the swarm: a config object that is read, changed, and written with the version
/// that was read.
public final class ScalerBoard {
  private static final int TRIES_MAX = 20;
  private static final String PATH = "/configs/" + ScalerConfig.NAME;

  private ScalerBoard() {}

  /// The board as it is; empty if there is none.
  ///
  /// @throws EngineException if the Engine refuses
  public static Board read(Engine engine) {
    try {
      return board(engine.get(PATH));
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Board.EMPTY;
      }
      throw e;
    }
  }

  /// How long ago it was written, by the manager's clock; balancers write every few seconds. Empty
  /// if there is none, or the manager does not say.
  ///
  /// @throws EngineException if the Engine refuses
  public static Optional<Duration> age(Engine engine) {
    try {
      Instant written = instant(engine.get(PATH).path("UpdatedAt"));
      Instant now = instant(engine.get("/info").path("SystemTime"));
      return Optional.of(Duration.between(written, now));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Instant instant(JsonNode time) {
    return OffsetDateTime.parse(time.asString("")).toInstant();
  }

  /// Applies `change` to the board, again after each conflict, and returns what was written. If it
  /// changes nothing, nothing is written.
  ///
  /// @throws EngineException if the Engine refuses, or conflicts continue
  public static Board change(Engine engine, UnaryOperator<Board> change) {
    for (int tries = 1; ; tries++) {
      try {
        return tryToChange(engine, change);
      } catch (EngineException e) {
        boolean isRace = e.reason() == Reason.OUT_OF_SEQUENCE || e.reason() == Reason.CONFLICT;
        if (!isRace || tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  private static Board tryToChange(Engine engine, UnaryOperator<Board> change) {
    JsonNode config;
    try {
      config = engine.get(PATH);
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      Board first = change.apply(Board.EMPTY);
      engine.post("/configs/create", Map.of(), spec(first));
      return first;
    }
    Board before = board(config);
    Board after = change.apply(before);
    if (!after.equals(before)) {
      String id = config.path("ID").asString("");
      String version = config.path("Version").path("Index").asString("0");
      engine.post("/configs/" + id + "/update", Map.of("version", version), spec(after));
    }
    return after;
  }

  private static Board board(JsonNode config) {
    var labels = new LinkedHashMap<String, String>();
    config
        .path("Spec")
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return Board.of(labels);
  }

  private static ObjectNode spec(Board board) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode().put("Name", ScalerConfig.NAME);
    ObjectNode labels = spec.putObject("Labels");
    board.labels().forEach(labels::put);
    spec.put("Data", ScalerConfig.encodedData());
    return spec;
  }
}
