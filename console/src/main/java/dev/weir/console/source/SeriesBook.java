package dev.weir.console.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One hour of each service's figures, in steps of five seconds. At most 300 services, in the order
/// in which they were first seen; a service that has gone is forgotten. Thread-safe.
final class SeriesBook {
  static final long STEP_MILLIS = 5_000;
  static final int STEPS = 720;
  private static final int SERVICES_MAX = 300;
  private static final String[] NAMES = {
    "arrivals", "queued", "inFlight", "p50", "p99", "running", "wanted"
  };

  private final Map<String, Series> services = new LinkedHashMap<>();
  private long step;

  /// The figures of a service at one instant, NaN where they are not known, in this order:
  /// arrivals, queued, in flight, p50, p99, running, wanted.
  ///
  /// @param values one for each name
  @SuppressWarnings("ArrayRecordComponent") // taken over at once, never compared
  record Figures(double... values) {}

  /// A ring of steps.
  private static final class Series {
    private final float[][] values = new float[NAMES.length][STEPS];
    private final long[] steps = new long[STEPS];
    private long seenStep;

    private void add(long at, Figures figures) {
      int place = (int) (at % STEPS);
      steps[place] = at;
      seenStep = at;
      for (int i = 0; i < NAMES.length; i++) {
        values[i][place] = (float) figures.values[i];
      }
    }
  }

  /// Keeps the figures of all services, once for each step; of a new service at once.
  ///
  /// @param all by the service's id
  synchronized void add(Map<String, Figures> all, long nowMillis) {
    long now = nowMillis / STEP_MILLIS;
    boolean isNext = now != step;
    if (isNext) {
      step = now;
      services.values().removeIf(one -> now - one.seenStep >= STEPS);
    }
    all.forEach((id, figures) -> {
      if (services.containsKey(id) ? isNext : services.size() < SERVICES_MAX) {
        services.computeIfAbsent(id, _ -> new Series()).add(now, figures);
      }
    });
  }

  /// The JSON of a service's series; empty if it is not known.
  synchronized Optional<String> json(String id) {
    Series series = services.get(id);
    if (series == null) {
      return Optional.empty();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode times = json.putArray("t");
    for (String name : NAMES) {
      json.putArray(name);
    }
    for (long at = step - STEPS + 1; at <= step; at++) {
      int place = (int) Math.floorMod(at, (long) STEPS);
      if (at > 0 && series.steps[place] == at) {
        times.add(at * STEP_MILLIS);
        add(json, series, place);
      }
    }
    return Optional.of(json.toString());
  }

  private static void add(ObjectNode json, Series series, int place) {
    for (int i = 0; i < NAMES.length; i++) {
      ArrayNode column = (ArrayNode) json.path(NAMES[i]);
      float value = series.values[i][place];
      if (Float.isFinite(value)) {
        column.add(Fields.rounded(value));
      } else {
        column.addNull();
      }
    }
  }
}
