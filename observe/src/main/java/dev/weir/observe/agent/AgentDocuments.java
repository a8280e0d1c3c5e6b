package dev.weir.observe.agent;

import dev.weir.observe.container.NamedContainer;
import dev.weir.observe.http.Documents;
import dev.weir.observe.http.SampleDocument;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// The documents between an agent and its client.
///
/// `/stats` returns a map by container id, with `stats` in the form of cAdvisor's ContainerStats;
/// `time` is the agent's clock when it responded. A response is bounded: `more` says that samples
/// follow its newest one.
final class AgentDocuments {
  private static final String SOURCE = "agent";

  private AgentDocuments() {}

  static String containers(String node, Instant time, List<NamedContainer> containers) {
    return Documents.write(json -> {
      head(json, node, time);
      json.writeArrayPropertyStart("containers");
      for (NamedContainer one : containers) {
        json.writeStartObject();
        names(json, one);
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  static String stats(String node, Instant time, String problem, SampleRing.Span span) {
    return Documents.write(json -> {
      head(json, node, time);
      json.writeStringProperty("problem", problem);
      json.writeBooleanProperty("more", span.more());
      json.writeObjectPropertyStart("containers");
      for (ContainerSeries one : span.series()) {
        json.writeObjectPropertyStart(one.container().id());
        names(json, one.container());
        json.writeBooleanProperty("running", one.running());
        json.writeNumberProperty("memory_limit", one.memoryLimitBytes());
        json.writeArrayPropertyStart("stats");
        for (ContainerSample sample : one.samples()) {
          json.writeStartObject();
          SampleDocument.write(json, sample);
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    });
  }

  static String health(String node, Instant time, int containers, String problem) {
    return Documents.write(json -> {
      head(json, node, time);
      json.writeNumberProperty("containers", containers);
      json.writeStringProperty("problem", problem);
    });
  }

  static String error(String message) {
    return Documents.write(json -> json.writeStringProperty("error", message));
  }

  /// Reads the response to `/stats`.
  ///
  /// @throws IOException if it is not such a response
  static Stats read(String text) throws IOException {
    JsonNode json = Documents.object(text);
    String node = json.path("node").asString("");
    var series = new ArrayList<ContainerSeries>();
    for (Map.Entry<String, JsonNode> entry : json.path("containers").properties()) {
      JsonNode one = entry.getValue();
      var container =
          new NamedContainer(
              entry.getKey(),
              one.path("name").asString(entry.getKey()),
              one.path("service").asString(""),
              one.path("task").asString(""));
      var samples = new ArrayList<ContainerSample>();
      for (JsonNode sample : one.path("stats")) {
        SampleDocument.read(sample, container.name(), node, SOURCE).ifPresent(samples::add);
      }
      series.add(
          new ContainerSeries(
              container,
              one.path("running").asBoolean(true),
              one.path("memory_limit").asLong(0),
              samples));
    }
    return new Stats(
        node,
        Documents.instant(json, "time"),
        json.path("problem").asString(""),
        series,
        json.path("more").asBoolean(false));
  }

  private static void head(JsonGenerator json, String node, Instant time) {
    json.writeStringProperty("node", node);
    json.writeStringProperty("time", Documents.text(time));
  }

  private static void names(JsonGenerator json, NamedContainer of) {
    json.writeStringProperty("id", of.id());
    json.writeStringProperty("name", of.name());
    json.writeStringProperty("service", of.service());
    json.writeStringProperty("task", of.task());
  }

  /// A response to `/stats`.
  record Stats(
      String node, Instant time, String problem, List<ContainerSeries> series, boolean more) {}
}
