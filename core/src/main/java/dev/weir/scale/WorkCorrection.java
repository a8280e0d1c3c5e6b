package dev.weir.scale;

/// Learns from requests that wait too long although replicas should do: the work is longer than
/// measured, or arrivals are burstier.
final class WorkCorrection {
  private static final double WAIT_SHARE = 0.4;
  private static final double GROWTH = 1.03;
  private static final double MAX = 1.6;
  private static final double KEEP = 0.9995;

  private double factor = 1;

  /// g: what measured work is multiplied by, 1 to 1.6.
  double factor() {
    return factor;
  }

  /// Notes a decision's outcome.
  ///
  /// @param isEnough whether nothing is pending and the ready replicas are those that should do
  void note(double waitSeconds, double promiseSeconds, boolean isEnough) {
    boolean isLate = waitSeconds > WAIT_SHARE * promiseSeconds;
    factor = isLate && isEnough ? Math.min(MAX, factor * GROWTH) : Math.max(1, factor * KEEP);
  }
}
