package dev.weir.console.source;

import dev.weir.scale.Prediction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What services are predicted to give with the replicas that they have. Each is predicted again
/// every five seconds, because hundreds of predictions a second would cost too much.
///
/// Not thread-safe.
final class Predictions {
  private static final long KEPT_MILLIS = 5_000;

  private final Map<String, Predicted> known = new HashMap<>();

  /// One prediction.
  ///
  /// @param seconds of the promised percentile, or else of p99; infinite if the load is too much
  /// @param utilisation part of the slots that is busy
  record Predicted(double seconds, double utilisation, long atMillis) {}

  /// The predictions for these loads.
  Map<String, Predicted> of(Map<String, ServiceLoadSeen> loads, long nowMillis) {
    known.keySet().retainAll(loads.keySet());
    loads.forEach((name, load) -> {
      Predicted before = known.get(name);
      if (before == null || nowMillis - before.atMillis >= KEPT_MILLIS) {
        Optional<Predicted> now = predicted(load, nowMillis);
        now.ifPresentOrElse(one -> known.put(name, one), () -> known.remove(name));
      }
    });
    return Map.copyOf(known);
  }

  private static Optional<Predicted> predicted(ServiceLoadSeen load, long nowMillis) {
    double percentile = load.promise().map(one -> one.percentile()).orElse(View.PERCENTILE);
    return load.demand()
        .map(demand -> {
          Prediction prediction = demand.with(demand.replicas());
          return new Predicted(
              prediction.percentileSeconds(percentile), prediction.utilisation(), nowMillis);
        });
  }
}
