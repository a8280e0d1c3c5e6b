package dev.weir.observe.wire;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// A sample in the shape of cAdvisor's ContainerStats, whatever its source was.
///
/// What the source could not tell is left out.
public final class SampleDocument {
  private static final long UNKNOWN = -1;

  private SampleDocument() {}

  /// Writes a sample's fields into the object that is open.
  public static void write(JsonGenerator json, ContainerSample sample) {
    json.writeStringProperty("timestamp", Documents.text(sample.timestamp()));
    json.writeObjectPropertyStart("cpu");
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("total", sample.cpuTotalNanos());
    known(json, "user", sample.cpuUserNanos());
    known(json, "system", sample.cpuSystemNanos());
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectPropertyStart("memory");
    known(json, "usage", sample.memoryUsageBytes());
    known(json, "working_set", sample.memoryWorkingSetBytes());
    json.writeEndObject();
  }

  /// Reads one; empty if it has no CPU figures, as cAdvisor's have none for what it could not read.
  ///
  /// @throws IOException if it has no timestamp
  public static Optional<ContainerSample> read(
      JsonNode json, String container, String node, String source) throws IOException {
    JsonNode usage = json.path("cpu").path("usage");
    JsonNode memory = json.path("memory");
    if (!usage.path("total").isIntegralNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerSample(
            container,
            node,
            Documents.instant(json, "timestamp"),
            usage.path("total").asLong(UNKNOWN),
            usage.path("user").asLong(UNKNOWN),
            usage.path("system").asLong(UNKNOWN),
            memory.path("usage").asLong(UNKNOWN),
            memory.path("working_set").asLong(UNKNOWN),
            source));
  }

  private static void known(JsonGenerator json, String field, long value) {
    if (value >= 0) {
      json.writeNumberProperty(field, value);
    }
  }
}
