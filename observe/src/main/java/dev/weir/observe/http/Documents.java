package dev.weir.observe.http;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes JSON documents; errors are one line.
public final class Documents {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// Always nine digits, so that documents sort by time as text.
  private static final DateTimeFormatter RFC_3339_NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Documents() {}

  /// Reads one object.
  ///
  /// @throws IOException if the text is not an object
  public static JsonNode object(String text) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new IOException("response is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IOException("response is no JSON object");
  }

  /// An instant with any offset.
  ///
  /// @throws IOException if the field is not an instant
  public static Instant instant(JsonNode json, String field) throws IOException {
    String text = json.path(field).asString("");
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException("%s: '%s' (expected: RFC 3339)".formatted(field, text), e);
    }
  }

  /// An instant in UTC.
  public static String text(Instant instant) {
    return RFC_3339_NANOS.format(instant);
  }

  /// Writes one object.
  public static String write(Consumer<JsonGenerator> fields) {
    var text = new StringWriter(1024);
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }
}
