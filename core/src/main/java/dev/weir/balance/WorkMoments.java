package dev.weir.balance;

import dev.weir.scale.TwoMomentWork;
import dev.weir.scale.WorkHistogram;
import dev.weir.scale.WorkLaw;
import java.util.Optional;

/// The mean, variability and distribution of a service's work per request, over all its replicas;
/// about the last three thousand requests count most.
final class WorkMoments {
  /*
   * Variability is taken of work relative to the replica's own mean; otherwise a fast and a slow
   * replica with constant times would look variable.
   */
  private static final double KEEP = 1 - 1 / 3000.0;
  private static final double ENOUGH = 100;

  /// From so many on, a histogram shows the tail better than two moments do.
  private static final long SHAPE_ENOUGH = 1000;

  private final WorkHistogram histogram = new WorkHistogram();

  private double weight;
  private double sumNanos;
  private double relativeSum;
  private double relativeSquares;

  void note(double workNanos, double replicaMeanNanos) {
    double relative = replicaMeanNanos > 0 ? workNanos / replicaMeanNanos : 1;
    histogram.note(workNanos / 1e9);
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

  /// The law of the work as far as it is known: measured, or by its two moments while there are few
  /// samples; empty until there are enough for those.
  Optional<WorkLaw> law() {
    double scv = scv();
    if (Double.isNaN(scv) || sumNanos <= 0) {
      return Optional.empty();
    }
    double meanSeconds = meanNanos() / 1e9;
    return Optional.of(
        histogram.noted() < SHAPE_ENOUGH
            ? new TwoMomentWork(meanSeconds, scv)
            : histogram.law(meanSeconds));
  }
}
