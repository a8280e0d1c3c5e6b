package dev.weir.observe.balancer;

import dev.weir.observe.http.Documents;
import dev.weir.observe.http.HttpText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One service as a balancer's `/status` shows it. Figures that are not known yet are NaN.
///
/// @param service its name; empty for the only one
/// @param ratePerSecond arrivals per second
/// @param gapScv squared coefficient of variation of the gaps (ca²)
/// @param idc index of dispersion for counts of arrivals
/// @param workMeanSeconds mean work of a request (S)
/// @param workScv squared coefficient of variation of the work (cs²)
/// @param replicas replicas that take requests
/// @param slots requests that those work on at once at full speed; 0 until known
/// @param promise the latency promised, as its user wrote it; empty for none
/// @param measuredSeconds the promised percentile over the last minute
public record BalancerReading(
    String service,
    double ratePerSecond,
    double gapScv,
    double idc,
    double workMeanSeconds,
    double workScv,
    int replicas,
    int slots,
    Optional<String> promise,
    double measuredSeconds) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// The services of the balancer whose admin port is at `address`.
  ///
  /// @throws IOException if it does not respond so; its message says why, in one line
  public static List<BalancerReading> read(URI address) throws IOException {
    URI page = address.resolve("/status");
    return parse(HttpText.of(Optional.empty(), TIMEOUT).get(page));
  }

  static List<BalancerReading> parse(String text) throws IOException {
    JsonNode status = Documents.object(text);
    JsonNode several = status.path("services");
    var readings = new ArrayList<BalancerReading>();
    if (several.isArray()) {
      for (JsonNode one : several) {
        readings.add(reading(one));
      }
    } else if (status.has("arrivalsPerSecond")) {
      readings.add(reading(status));
    } else {
      throw new IOException("response is no balancer's status");
    }
    return readings;
  }

  private static BalancerReading reading(JsonNode service) {
    JsonNode slo = service.path("slo");
    int replicas = 0;
    int slots = 0;
    boolean isKnown = true;
    for (JsonNode replica : service.path("replicas")) {
      if (replica.path("state").asString("").equals("active")) {
        int own = Math.max(replica.path("knee").asInt(0), 0);
        own = own > 0 ? own : replica.path("limit").asInt(0);
        isKnown &= own > 0;
        slots += own;
        replicas++;
      }
    }
    return new BalancerReading(
        service.path("name").asString(""),
        number(service, "arrivalsPerSecond"),
        number(service, "arrivalScv"),
        number(service, "arrivalIdc"),
        number(service, "workMeanSeconds"),
        number(service, "workScv"),
        replicas,
        isKnown ? slots : 0,
        slo.isObject() ? Optional.of(slo.path("promise").asString("")) : Optional.empty(),
        number(slo, "measuredSeconds"));
  }

  private static double number(JsonNode json, String field) {
    return json.path(field).asDouble(Double.NaN);
  }
}
