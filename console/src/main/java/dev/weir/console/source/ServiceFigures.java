package dev.weir.console.source;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A service as one balancer knows it. Figures that are not known yet are NaN.
///
/// @param name its name; empty for the only one of a balancer without a swarm
/// @param policy how its balancer chooses replicas
/// @param promise the latency promised; empty for none
/// @param queued requests that wait
/// @param inFlight requests that replicas work on
/// @param refused requests that got a 503 without a replica, since the start
/// @param arrivals per second, over the last seconds
/// @param gapScv burstiness: the larger of ca² and the dispersion of counts
/// @param workSeconds mean work of a request
/// @param workScv its squared coefficient of variation
/// @param serviceSeconds mean time from lease to end
/// @param latency response times of the last minute
/// @param replicas as it knows them
/// @param scale its autoscaling
record ServiceFigures(
    String name,
    String policy,
    String promise,
    int queued,
    int inFlight,
    long refused,
    double arrivals,
    double gapScv,
    double workSeconds,
    double workScv,
    double serviceSeconds,
    LatencyCounts latency,
    List<ReplicaFigures> replicas,
    ScaleFigures scale) {
  private static final int REPLICAS_MAX = 5000;

  ServiceFigures {
    replicas = List.copyOf(replicas);
  }

  static ServiceFigures of(JsonNode json) {
    String name = Texts.of(json, "name");
    var replicas = new ArrayList<ReplicaFigures>();
    for (JsonNode replica : json.path("replicas")) {
      if (replicas.size() < REPLICAS_MAX) {
        replicas.add(ReplicaFigures.of(replica));
      }
    }
    JsonNode scale = json.path("scale");
    return new ServiceFigures(
        name,
        Texts.of(json, "policy"),
        Texts.of(json.path("slo"), "promise"),
        json.path("queued").asInt(0),
        json.path("inFlight").asInt(0),
        refused(json),
        number(json, "arrivalsPerSecond"),
        larger(number(json, "arrivalScv"), number(json, "arrivalIdc")),
        number(json, "workMeanSeconds"),
        number(json, "workScv"),
        number(json, "serviceMeanSeconds"),
        LatencyCounts.of(json.path("latency")),
        replicas,
        scale.isObject() ? ScaleFigures.of(scale, name) : ScaleFigures.NONE);
  }

  private static long refused(JsonNode json) {
    return json.path("refusedFull").asLong(0)
        + json.path("refusedDeadline").asLong(0)
        + json.path("refusedNoReplica").asLong(0)
        + json.path("refusedStartFailed").asLong(0);
  }

  private static double larger(double a, double b) {
    return Double.isNaN(b) ? a : Double.isNaN(a) ? b : Math.max(a, b);
  }

  private static double number(JsonNode json, String field) {
    return json.path(field).asDouble(Double.NaN);
  }
}
