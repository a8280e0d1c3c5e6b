package dev.weir.store.folder;

import dev.weir.run.ContainerSample;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one document in the form of cAdvisor's ContainerStats. It needs only a few of its numbers
/// and reads token by token, since a run of an hour has hundreds of thousands of documents.
final class SampleParser {
  private static final long UNKNOWN = -1;

  private String container;
  private String node = "";
  private String source = "";
  private String timestamp = "";
  private boolean counted;
  private long cpuTotalNanos;
  private long cpuUserNanos = UNKNOWN;
  private long cpuSystemNanos = UNKNOWN;
  private long memoryUsageBytes = UNKNOWN;
  private long memoryWorkingSetBytes = UNKNOWN;

  /// @param container its name, if the document has none
  SampleParser(String container) {
    this.container = container;
  }

  /// Reads it; to be called once.
  ///
  /// @throws IllegalArgumentException if it is not such a document
  ContainerSample parse(String document) {
    try (JsonParser json = RunJson.MAPPER.createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      fields(json, this::top);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("not JSON: more than one document");
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    if (!counted) {
      throw new IllegalArgumentException("no cpu.usage.total");
    }
    return new ContainerSample(
        container,
        node,
        RunJson.instant("timestamp", timestamp),
        cpuTotalNanos,
        cpuUserNanos,
        cpuSystemNanos,
        memoryUsageBytes,
        memoryWorkingSetBytes,
        source);
  }

  private void top(JsonParser json, String name) {
    switch (name) {
      case "timestamp" -> timestamp = text(json, "");
      case "container" -> container = text(json, container);
      case "node" -> node = text(json, "");
      case "source" -> source = text(json, "");
      case "cpu" -> fields(json, this::cpu);
      case "memory" -> fields(json, this::memory);
      default -> json.skipChildren();
    }
  }

  private void cpu(JsonParser json, String name) {
    if (name.equals("usage")) {
      fields(json, this::usage);
    } else {
      json.skipChildren();
    }
  }

  private void usage(JsonParser json, String name) {
    switch (name) {
      case "total" -> {
        counted = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
        cpuTotalNanos = number(json);
      }
      case "user" -> cpuUserNanos = number(json);
      case "system" -> cpuSystemNanos = number(json);
      default -> json.skipChildren();
    }
  }

  private void memory(JsonParser json, String name) {
    switch (name) {
      case "usage" -> memoryUsageBytes = number(json);
      case "working_set" -> memoryWorkingSetBytes = number(json);
      default -> json.skipChildren();
    }
  }

  /// Calls `field` for each field of the next object, with the parser at its value; skips any other
  /// value.
  private static void fields(JsonParser json, Field field) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      field.at(json, name);
    }
  }

  private static String text(JsonParser json, String otherwise) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return otherwise;
  }

  private static long number(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    json.skipChildren();
    return UNKNOWN;
  }

  /// Takes one field, with the parser at its value.
  @FunctionalInterface
  private interface Field {
    void at(JsonParser json, String name);
  }
}
