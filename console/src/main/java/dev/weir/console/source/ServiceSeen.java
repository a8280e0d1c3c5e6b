package dev.weir.console.source;

import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.stack.convert.StackNames;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A service of the swarm, with the fields that are shown and no others: neither its environment
/// nor labels that Weir does not read.
///
/// @param id its id
/// @param name its name
/// @param stack the stack it belongs to; empty for none
/// @param mode `replicated`, `global` or `job`
/// @param image its image, without the digest
/// @param ports published ones, such as `80->8080/tcp`
/// @param replicas how many tasks it should have; -1 if that is one for each machine
/// @param range the label `weir.scale`
/// @param scaleMode `advise` or `act`; empty without `weir.scale`
/// @param promise the label `weir.slo`
/// @param adminPort the label `weir.admin`, the port of a balancer's status; 0 for none
/// @param updateState the state of its last update, such as `updating`; empty for none
/// @param updateMessage what the Engine says of it
/// @param updateMillis when that update began or ended
record ServiceSeen(
    String id,
    String name,
    String stack,
    String mode,
    String image,
    List<String> ports,
    int replicas,
    String range,
    String scaleMode,
    String promise,
    int adminPort,
    String updateState,
    String updateMessage,
    long updateMillis) {
  /// The label with the port at which a balancer's tasks serve their status.
  static final String ADMIN = "weir.admin";

  private static final String SLO = "weir.slo";

  ServiceSeen {
    ports = List.copyOf(ports);
  }

  static ServiceSeen of(JsonNode service) {
    JsonNode spec = service.path("Spec");
    JsonNode labels = spec.path("Labels");
    JsonNode update = service.path("UpdateStatus");
    String range = Texts.of(labels, ScaleLabels.SCALE).strip();
    long ended = Texts.millis(update, "CompletedAt");
    return new ServiceSeen(
        Texts.of(service, "ID"),
        Texts.of(spec, "Name"),
        Texts.of(labels, StackNames.NAMESPACE),
        mode(spec.path("Mode")),
        Texts.image(spec.path("TaskTemplate")),
        ports(service.path("Endpoint").path("Ports")),
        replicas(spec.path("Mode")),
        range,
        range.isEmpty() ? "" : labels.path(ScaleLabels.MODE).asString("advise").strip(),
        Texts.of(labels, SLO).strip(),
        port(Texts.of(labels, ADMIN).strip()),
        Texts.of(update, "State"),
        Texts.of(update, "Message"),
        ended > 0 ? ended : Texts.millis(update, "StartedAt"));
  }

  private static String mode(JsonNode mode) {
    if (mode.has("ReplicatedJob") || mode.has("GlobalJob")) {
      return "job";
    }
    return mode.has("Global") ? "global" : "replicated";
  }

  private static int replicas(JsonNode mode) {
    if (mode.has("ReplicatedJob")) {
      return mode.path("ReplicatedJob").path("TotalCompletions").asInt(1);
    }
    return mode.has("Replicated")
        ? Math.max(0, mode.path("Replicated").path("Replicas").asInt(0))
        : -1;
  }

  private static List<String> ports(JsonNode ports) {
    var texts = new ArrayList<String>();
    for (JsonNode port : ports) {
      texts.add(
          "%d->%d/%s%s"
              .formatted(
                  port.path("PublishedPort").asInt(0),
                  port.path("TargetPort").asInt(0),
                  port.path("Protocol").asString("tcp"),
                  port.path("PublishMode").asString("").equals("host") ? " host" : ""));
    }
    return texts;
  }

  private static int port(String label) {
    int port = label.matches("[0-9]{1,5}") ? Integer.parseInt(label) : 0;
    return port <= 0xffff ? port : 0;
  }

  boolean isUpdating() {
    return updateState.equals("updating") || updateState.equals("rollback_started");
  }
}
