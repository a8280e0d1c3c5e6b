package dev.weir.store.folder;

import dev.weir.run.RunEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One line of events.ndjson.
public final class EventLine {
  private EventLine() {}

  static byte[] of(RunEvent event) {
    return RunJson.line(json -> {
      json.writeStringProperty("at", RunJson.timestamp(event.at()));
      json.writeStringProperty("kind", event.kind());
      json.writeStringProperty("subject", event.subject());
      json.writeStringProperty("text", event.text());
    });
  }

  /// Reads a line.
  ///
  /// @throws IllegalArgumentException if it is not an event
  public static RunEvent parse(String line) {
    JsonNode json = object(line);
    return new RunEvent(
        RunJson.instant("at", json.path("at").asString("")),
        json.path("kind").asString(""),
        json.path("subject").asString(""),
        json.path("text").asString(""));
  }

  public static JsonNode object(String line) {
    try {
      JsonNode json = RunJson.MAPPER.readTree(line);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    throw new IllegalArgumentException("not a JSON object");
  }
}
