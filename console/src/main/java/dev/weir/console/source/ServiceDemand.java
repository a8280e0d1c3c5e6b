package dev.weir.console.source;

import dev.weir.scale.Demand;
import dev.weir.scale.Prediction;
import dev.weir.scale.Predictor;
import dev.weir.scale.TwoMomentWork;

/// What a service has to do and with what, as the balancers measure it: the input of predictions.
///
/// @param demand rate, burstiness and work
/// @param slots requests that a replica works on at once at full speed
/// @param replicas how many take requests now
record ServiceDemand(Demand demand, int slots, int replicas) {
  private static final Predictor PREDICTOR = new Predictor();

  static ServiceDemand of(
      double arrivals, double gapScv, double workSeconds, double workScv, int slots, int replicas) {
    return new ServiceDemand(
        new Demand(arrivals, gapScv, new TwoMomentWork(workSeconds, workScv)), slots, replicas);
  }

  /// What so many replicas are predicted to give; `weir size` says the same.
  Prediction with(int count) {
    return PREDICTOR.predict(demand, count, slots);
  }
}
