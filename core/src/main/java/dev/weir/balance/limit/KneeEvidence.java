package dev.weir.balance.limit;

import java.util.Arrays;
import java.util.List;

/// How likely each knee is, after all windows so far: log-likelihoods relative to the best, in
/// nats.
///
/// As in Page's cumulative sum test (1954), the log-likelihoods are bounded below: a few hundred
/// requests can overturn what was learned. Evidence does not fade with time.
final class KneeEvidence {
  private final double[] logLikelihoods = new double[Levels.COUNT];
  private final double lowest;

  /// No evidence yet.
  ///
  /// @param strongest how many nats a knee may be behind the best: > 0
  KneeEvidence(double strongest) {
    lowest = -strongest;
  }

  /// Takes in a window.
  ///
  /// @param window a log-likelihood for each knee, with any common offset
  /// @param variability what to divide the evidence by, because counts of variable work scatter
  ///   more than Poisson's: >= 1
  /// @param windowStrongest how many nats one window may move a knee
  void add(double[] window, double variability, double windowStrongest) {
    double best = best(window);
    for (int c = 0; c < Levels.COUNT; c++) {
      logLikelihoods[c] += Math.max(-windowStrongest, (window[c] - best) / variability);
    }
    settle();
  }

  private void settle() {
    double best = best(logLikelihoods);
    for (int c = 0; c < Levels.COUNT; c++) {
      logLikelihoods[c] = Math.max(lowest, logLikelihoods[c] - best);
    }
  }

  private static double best(double[] values) {
    double best = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      best = Math.max(best, value);
    }
    return best;
  }

  /// How many nats the knee of `step` is behind the best: <= 0.
  double at(int step) {
    return logLikelihoods[step];
  }

  /// Takes over another balancer's evidence, or a declared number of cores, as a prior.
  ///
  /// @param logLikelihoods one for each knee; empty for nothing
  /// @param strongest how many nats it may count at most
  void recall(List<Double> logLikelihoods, double strongest) {
    for (int c = 0; c < Math.min(Levels.COUNT, logLikelihoods.size()); c++) {
      this.logLikelihoods[c] = Math.max(-strongest, logLikelihoods.get(c));
    }
    settle();
  }

  /// The evidence that [#recall] takes.
  List<Double> prior() {
    return Arrays.stream(logLikelihoods).boxed().toList();
  }

  /// Favours a knee.
  ///
  /// @param nats how far all others fall behind
  void lean(int knee, double nats) {
    for (int c = 0; c < Levels.COUNT; c++) {
      logLikelihoods[c] -= c == Levels.stepOf(knee) ? 0 : nats;
    }
    settle();
  }

  /// The largest number of requests in flight that is at most `nats` behind the best.
  int largest(double nats) {
    int step = Levels.COUNT - 1;
    while (logLikelihoods[step] < -nats) {
      step--;
    }
    return Levels.valueOf(step);
  }

  /// Forgets all.
  void clear() {
    Arrays.fill(logLikelihoods, 0);
  }
}
