package dev.weir.scale;

import dev.weir.base.Checks;

/// The least number of replicas that keeps a promise, with what one fewer and one more would give.
///
/// @param replicas the least number; the most allowed if that keeps the promise no more
/// @param isKept whether so many are predicted to keep it
/// @param isAttainable false if the work alone breaks the promise, whatever the number. Then
///   `replicas` is the least number with which waiting adds at most a twentieth to the percentile
/// @param before what one replica fewer gives; the same as `at` if there is only one
/// @param at what `replicas` give
/// @param after what one more gives
public record ReplicaNeed(
    int replicas,
    boolean isKept,
    boolean isAttainable,
    Prediction before,
    Prediction at,
    Prediction after) {
  private static final double NEAR = 1.05;

  /// The least number of replicas that keeps `promise` under `demand`, or `max` if that is too few.
  ///
  /// @param slots requests that a replica works on at once at full speed, >= 1
  /// @param max the most replicas allowed, >= 1
  public static int need(Demand demand, Promise promise, int slots, int max) {
    return of(demand, promise, slots, max).replicas;
  }

  /// The least number of replicas that keeps `promise` under `demand`, and its neighbours.
  ///
  /// @param slots requests that a replica works on at once at full speed, >= 1
  /// @param max the most replicas allowed, >= 1
  public static ReplicaNeed of(Demand demand, Promise promise, int slots, int max) {
    Checks.atLeast(1, slots, "slots");
    Checks.atLeast(1, max, "max");
    var search = new Search(demand, new WorkQuantiles(demand.work()), slots);
    double alone = search.alone().percentileSeconds(promise.percentile());
    boolean isAttainable = alone < promise.seconds();
    var wanted =
        isAttainable ? promise : new Promise(promise.percentile(), Math.max(alone * NEAR, 1e-9));
    int replicas = search.least(wanted, max);
    Prediction at = search.with(replicas);
    return new ReplicaNeed(
        replicas,
        at.keeps(promise),
        isAttainable,
        replicas == 1 ? at : search.with(replicas - 1),
        at,
        search.with(replicas + 1));
  }

  /// Predictions of one demand for several numbers of replicas.
  private record Search(Demand demand, WorkQuantiles work, int slots) {
    private static final Predictor PREDICTOR = new Predictor();

    Prediction with(int replicas) {
      return PREDICTOR.predict(demand, work, replicas, slots);
    }

    /// Without any waiting.
    Prediction alone() {
      return PREDICTOR.predict(demand.withRate(0), work, 1, 1);
    }

    /// Upwards from what the load alone asks for, in steps that double, then by bisection: more
    /// replicas never give a longer percentile.
    int least(Promise promise, int max) {
      int low = (int) Math.min(max - 1.0, demand.erlangs() / slots);
      int high = low + 1;
      for (long step = 1; high < max && !with(high).keeps(promise); step *= 2) {
        low = high;
        high = (int) Math.min(max, high + step);
      }
      while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (with(middle).keeps(promise)) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return high;
    }
  }
}
