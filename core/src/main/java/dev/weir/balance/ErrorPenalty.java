package dev.weir.balance;

/// A replica's error responses, and the load that they hide.
///
/// A replica that fails fast looks idle and quick, and would attract the requests of all others. So
/// each error response counts as a request in flight, a ghost, for as long as the work would have
/// taken.
final class ErrorPenalty {
  private static final double WEIGHT = 1.0 / 16;
  private static final double MANY = 0.2;

  private double share;
  private double ghosts;
  private long ghostsAtNanos;

  /// The replica responded after `serviceNanos`; `meanNanos` is what work takes, NaN if unknown.
  void note(boolean error, long serviceNanos, double meanNanos, long nowNanos) {
    share += WEIGHT * ((error ? 1 : 0) - share);
    if (error && meanNanos > serviceNanos) {
      fade(meanNanos, nowNanos);
      ghosts += 1 - serviceNanos / meanNanos;
    }
  }

  /// Time passes.
  void fade(double meanNanos, long nowNanos) {
    if (ghosts > 0) {
      ghosts *= Math.exp((ghostsAtNanos - nowNanos) / Math.max(1, meanNanos));
      ghosts = ghosts < 0.05 ? 0 : ghosts;
    }
    ghostsAtNanos = nowNanos;
  }

  /// The recent share of errors among its responses.
  double share() {
    return share;
  }

  /// How many requests its errors count as, if it fails more than the service's best replica does;
  /// errors that all replicas share are not its fault.
  double ghosts(double leastShare) {
    return share > MANY && share > 2 * leastShare + MANY / 2 ? ghosts : 0;
  }
}
