package dev.weir.load.pace;

/// How long before an instant to stop parking and start to spin, learned from how late parks end.
///
/// Not thread-safe.
final class ParkMargin {
  /*
   * The margin follows the 99.5th percentile of the overshoot by stochastic approximation: up by
   * STEP * .995 after a park that ended later than the estimate, down by STEP * .005 after others.
   * In equilibrium one park in 200 ends later than the margin, and spins are only as long as this
   * machine needs at its present load. The reserve covers taking and arming a connection.
   */
  private static final double QUANTILE = 0.995;
  private static final double STEP_NANOS = 8_000;
  private static final long RESERVE_NANOS = 25_000;
  private static final long START_NANOS = 120_000;
  private static final long ESTIMATE_MAX_NANOS = 300_000;

  private double estimateNanos = START_NANOS;

  /// The margin to keep before the next instant.
  long nanos() {
    return (long) estimateNanos + RESERVE_NANOS;
  }

  /// A park ended `overshootNanos` after the requested instant.
  void observe(long overshootNanos) {
    double step = overshootNanos > estimateNanos ? QUANTILE : QUANTILE - 1;
    estimateNanos = Math.clamp(estimateNanos + STEP_NANOS * step, 0, ESTIMATE_MAX_NANOS);
  }
}
