package dev.weir.observe.cadvisor;

import dev.weir.observe.http.Documents;
import dev.weir.observe.http.SampleDocument;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads cAdvisor's responses: a map from the name of a control group to the data of its container.
///
/// v1.3 puts a container's aliases beside its spec, v2.1 into it; the statistics are the same.
final class CadvisorResponse {
  static final String SOURCE = "cadvisor";

  /// Docker's groups under either driver, at any level.
  private static final Pattern DOCKER =
      Pattern.compile(".*/(?:docker-([0-9a-f]{64})\\.scope|([0-9a-f]{64}))");

  private static final int SHORT_ID = 12;
  private static final String TASK_NAME = "com.docker.swarm.task.name";

  private CadvisorResponse() {}

  /// The samples of each container by its name, in the order of time, each instant once.
  ///
  /// @throws IOException if it is not such a response
  static Map<String, List<ContainerSample>> parse(String text, String node) throws IOException {
    var containers = new TreeMap<String, List<ContainerSample>>();
    for (Map.Entry<String, JsonNode> entry : Documents.object(text).properties()) {
      Matcher group = DOCKER.matcher(entry.getKey());
      if (group.matches()) {
        String id = group.group(1) == null ? group.group(2) : group.group(1);
        String name = name(entry.getValue(), id);
        containers.put(name, samples(entry.getValue().path("stats"), name, node));
      }
    }
    return containers;
  }

  private static List<ContainerSample> samples(JsonNode stats, String name, String node) {
    var found = new ArrayList<ContainerSample>();
    for (JsonNode one : stats) {
      SampleDocument.read(one, name, node, SOURCE).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(ContainerSample::timestamp));
    var distinct = new ArrayList<ContainerSample>(found.size());
    for (ContainerSample sample : found) {
      if (distinct.isEmpty() || sample.timestamp().isAfter(distinct.getLast().timestamp())) {
        distinct.add(sample);
      }
    }
    return distinct;
  }

  /// The engine's name for it: the alias that is not its id, or else the swarm's label.
  private static String name(JsonNode container, String id) {
    JsonNode spec = container.path("spec");
    JsonNode aliases =
        container.path("aliases").isArray() ? container.path("aliases") : spec.path("aliases");
    for (JsonNode alias : aliases) {
      String text = alias.asString("");
      if (!text.isEmpty() && !text.equals(id) && text.indexOf('/') < 0) {
        return text;
      }
    }
    return spec.path("labels").path(TASK_NAME).asString(id.substring(0, SHORT_ID));
  }
}
