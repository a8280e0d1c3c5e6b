package dev.weir.scale;

import dev.weir.base.Checks;

/// Predicts response times of a service that queues centrally, first come, first served, for equal
/// replicas.
///
/// Stateless; any thread may use it.
public final class Predictor {
  /*
   * All slots of the service are one G/G/m queue. A probability of waiting and the shape of
   * the waits make up the law of the wait; the law of the work is added to it. The wait itself would do for mean
   * values, but a p99 is mostly work when a service has many slots, and mostly wait when it has few.
   * bench/sizing holds the result against simulated queues; docs/sizing.md has the figures.
   */

  /// What `replicas` give under `demand`.
  ///
  /// @param replicas >= 1
  /// @param slotsPerReplica requests that a replica works on at once at full speed, >= 1
  public Prediction predict(Demand demand, int replicas, int slotsPerReplica) {
    return predict(demand, new WorkQuantiles(demand.work()), replicas, slotsPerReplica);
  }

  /// As [#predict(Demand, int, int)], with the quantiles of the demand's work taken before.
  Prediction predict(Demand demand, WorkQuantiles work, int replicas, int slotsPerReplica) {
    Checks.atLeast(1, replicas, "replicas");
    Checks.atLeast(1, slotsPerReplica, "slots");
    int m = Math.multiplyExact(replicas, slotsPerReplica);
    double utilisation = demand.erlangs() / m;
    if (utilisation >= 1) {
      return Prediction.overloaded(utilisation, work);
    }
    if (utilisation == 0) {
      return Prediction.unqueued(0, work);
    }
    WaitShape shape = WaitShape.of(demand, work, m, utilisation);
    if (Double.isInfinite(shape.slowPerSecond())) {
      return Prediction.unqueued(utilisation, work);
    }
    double waits = WaitProbability.of(utilisation, m, demand.gapScv(), demand.work().scv());
    return Prediction.of(utilisation, waits, shape, work);
  }
}
