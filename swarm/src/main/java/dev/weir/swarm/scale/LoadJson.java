package dev.weir.swarm.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateEstimate.Slope;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.TwoMomentWork;
import dev.weir.scale.WorkLaw;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A service's load as balancers tell it each other. Of the work's law, the two moments remain.
final class LoadJson {
  private LoadJson() {}

  /// A field is absent while it is unknown.
  static ObjectNode of(ServiceLoad load) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    RateEstimate rate = load.rate();
    put(json, "perSecond", rate.perSecond());
    put(json, "standardError", rate.standardError());
    put(json, "dispersion", rate.dispersion());
    json.put("window", rate.windowSeconds());
    put(json, "minute", rate.minute().perSecondSquared());
    put(json, "minuteError", rate.minute().standardError());
    put(json, "halfMinute", rate.halfMinute().perSecondSquared());
    put(json, "halfMinuteError", rate.halfMinute().standardError());
    put(json, "largest", rate.largestPerSecond());
    put(json, "peak", rate.peakPerSecond());
    put(json, "known", rate.knownSeconds());
    put(json, "gapScv", load.gapScv());
    WorkLaw work = load.work();
    if (work != null) {
      put(json, "workMean", work.meanSeconds());
      put(json, "workScv", work.scv());
    }
    json.put("slots", load.slots());
    json.put("ready", load.ready());
    json.put("queued", load.queued());
    put(json, "wait", load.waitSeconds());
    put(json, "idle", load.idleSeconds());
    return json;
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, Math.round(value * 1e6) / 1e6);
    }
  }

  /// Reads it again.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  static ServiceLoad read(JsonNode json) {
    var rate =
        new RateEstimate(
            number(json, "perSecond"),
            number(json, "standardError"),
            json.path("dispersion").asDouble(1),
            json.path("window").asInt(0),
            slope(json, "minute"),
            slope(json, "halfMinute"),
            json.path("largest").asDouble(0),
            json.path("peak").asDouble(0),
            json.path("known").asDouble(0));
    return new ServiceLoad(
        rate,
        number(json, "gapScv"),
        work(json),
        json.path("slots").asInt(1),
        json.path("ready").asInt(0),
        json.path("queued").asInt(0),
        json.path("wait").asDouble(0),
        json.path("idle").asDouble(0));
  }

  private static double number(JsonNode json, String name) {
    return json.path(name).asDouble(Double.NaN);
  }

  private static Slope slope(JsonNode json, String name) {
    return new Slope(json.path(name).asDouble(0), json.path(name + "Error").asDouble(0));
  }

  private static @Nullable WorkLaw work(JsonNode json) {
    double mean = json.path("workMean").asDouble(0);
    return mean > 0 ? new TwoMomentWork(mean, json.path("workScv").asDouble(1)) : null;
  }
}
