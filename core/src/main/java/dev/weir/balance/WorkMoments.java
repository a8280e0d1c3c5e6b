package dev.weir.balance;

/// The mean and variability of a service's work per request, over all its replicas; about the last
/// three thousand requests count most.
final class WorkMoments {
  /*
   * Variability is taken of work relative to the replica's own mean; otherwise a fast and a slow
   * replica with constant times would look variable.
   */
  private static final double KEEP = 1 - 1 / 3000.0;
  private static final double ENOUGH = 100;

  private double weight;
  private double sumNanos;
  private double relativeSum;
  private double relativeSquares;

  void note(double workNanos, double replicaMeanNanos) {
    double relative = replicaMeanNanos > 0 ? workNanos / replicaMeanNanos : 1;
    weight = weight * KEEP + 1;
    sumNanos = sumNanos * KEEP + workNanos;
    relativeSum = relativeSum * KEEP + relative;
    relativeSquares = relativeSquares * KEEP + relative * relative;
  }

  /// NaN until the first response.
  double meanNanos() {
    return weight > 0 ? sumNanos / weight : Double.NaN;
  }

  /// The squared coefficient of variation; NaN until there are enough samples.
  double scv() {
    if (weight < ENOUGH || relativeSum == 0) {
      return Double.NaN;
    }
    double mean = relativeSum / weight;
    return Math.max(0, relativeSquares / weight / (mean * mean) - 1);
  }
}
