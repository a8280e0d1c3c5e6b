package dev.weir.balance.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a balancer has learned of a service's replicas, for one that takes its place: how far each
/// knee is behind the best, in nats, for replicas of so many told cores.
public final class LearnedPrior {
  /// Knowing nothing.
  public static final LearnedPrior NONE = new LearnedPrior(Map.of());

  private final Map<Double, List<Double>> logLikelihoodsByCores;

  LearnedPrior(Map<Double, List<Double>> logLikelihoodsByCores) {
    this.logLikelihoodsByCores = new HashMap<>(logLikelihoodsByCores);
  }

  /// A copy of all that is known.
  Map<Double, List<Double>> all() {
    return new HashMap<>(logLikelihoodsByCores);
  }

  /// What is known of replicas of `cores`; empty for nothing.
  List<Double> of(double cores) {
    return logLikelihoodsByCores.getOrDefault(cores, List.of());
  }
}
