package dev.weir.console.source;

import dev.weir.observe.http.Documents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A balancer's `/status`.
///
/// @param instance what tells this process from all others; empty from balancers that do not say
/// @param version Weir's version there
/// @param uptimeSeconds since its start
/// @param connections open ones of clients
/// @param services as it knows them
record BalancerStatus(
    String instance,
    String version,
    double uptimeSeconds,
    int connections,
    List<ServiceFigures> services) {
  static final BalancerStatus NONE = new BalancerStatus("", "", 0, 0, List.of());

  private static final int SERVICES_MAX = 1000;

  BalancerStatus {
    services = List.copyOf(services);
  }

  /// @throws IOException if the text is no balancer's status
  static BalancerStatus of(String text) throws IOException {
    JsonNode json = Documents.object(text);
    var services = new ArrayList<ServiceFigures>();
    if (json.path("services").isArray()) {
      for (JsonNode one : json.path("services")) {
        if (services.size() < SERVICES_MAX) {
          services.add(ServiceFigures.of(one));
        }
      }
    } else if (json.has("arrivalsPerSecond")) {
      services.add(ServiceFigures.of(json));
    } else {
      throw new IOException("the response is no balancer's status");
    }
    return new BalancerStatus(
        Texts.of(json, "instance"),
        Texts.of(json, "version"),
        json.path("uptimeSeconds").asDouble(0),
        json.path("connections").asInt(0),
        services);
  }
}
