package dev.weir.balance;

/// How slow a replica is compared with its service's mean: 1 unless the difference is more than
/// chance.
final class RelativeSpeed {
  /*
   * Measured speeds differ by chance. A policy that took the fastest of several equal replicas
   * would give nearly everything to one of them. So a speed counts only if it differs by a fifth
   * and by three times its standard error, and then in steps of a fifth. Returning to the mean
   * needs a smaller difference.
   */
  private static final double STEP = Math.log(1.2);
  private static final double BACK = 0.7;
  private static final double ERRORS = 3;

  private double slowness = 1;

  /// 1 for the mean, 2 for half as fast.
  double slowness() {
    return slowness;
  }

  /// Looks at the estimate again. Returns whether the slowness changed.
  boolean compare(SpeedEstimate pace, double meanNanos, double workScv, long nowNanos) {
    double ratio = pace.meanNanos(meanNanos, nowNanos) / meanNanos;
    double before = slowness;
    if (ratio > 0 && Double.isFinite(ratio)) {
      double variability = Double.isNaN(workScv) ? 1 : workScv;
      double error = Math.sqrt(variability / (pace.weight() + 1));
      double threshold = Math.max(STEP, ERRORS * error) * (slowness == 1 ? 1 : BACK);
      double steps = Math.log(ratio) / STEP;
      if (Math.abs(steps * STEP) < threshold) {
        slowness = 1;
      } else if (slowness == 1 || Math.abs(steps - Math.log(slowness) / STEP) > 0.75) {
        slowness = Math.exp(Math.rint(steps) * STEP);
      }
    }
    return slowness != before;
  }
}
