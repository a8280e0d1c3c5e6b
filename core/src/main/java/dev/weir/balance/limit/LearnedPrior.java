package dev.weir.balance.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a balancer has learned about a service's replicas, for the balancer that replaces it: how
/// far each knee is behind the best, in nats, for each number of declared cores.
public final class LearnedPrior {
  /// No knowledge.
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
