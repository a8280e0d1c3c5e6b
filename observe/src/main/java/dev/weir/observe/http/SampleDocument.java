package dev.weir.observe.http;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// A sample in the form of cAdvisor's ContainerStats, from any source.
///
/// Values that the source does not know are left out.
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

  /// Reads a sample; empty if it has no CPU figures, as cAdvisor has none for containers it could
  /// not read. A malformed timestamp becomes [Instant#EPOCH], which no sample can have: the reader
  /// drops and reports it, and the other samples of the node are kept.
  public static Optional<ContainerSample> read(
      JsonNode json, String container, String node, String source) {
    JsonNode usage = json.path("cpu").path("usage");
    JsonNode memory = json.path("memory");
    if (!usage.path("total").isIntegralNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerSample(
            container,
            node,
            timestamp(json),
            usage.path("total").asLong(UNKNOWN),
            usage.path("user").asLong(UNKNOWN),
            usage.path("system").asLong(UNKNOWN),
            memory.path("usage").asLong(UNKNOWN),
            memory.path("working_set").asLong(UNKNOWN),
            source));
  }

  private static Instant timestamp(JsonNode json) {
    try {
      return Documents.instant(json, "timestamp");
    } catch (IOException _) {
      return Instant.EPOCH;
    }
  }

  private static void known(JsonGenerator json, String field, long value) {
    if (value >= 0) {
      json.writeNumberProperty(field, value);
    }
  }
}
