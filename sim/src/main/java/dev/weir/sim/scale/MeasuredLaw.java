package dev.weir.sim.scale;

import dev.weir.scale.WorkLaw;
import org.jspecify.annotations.Nullable;

/// The law of the work by its two moments, the last three thousand requests counting most.
final class MeasuredLaw {
  private static final double KEEP = 1 - 1 / 3000.0;
  private static final double ENOUGH = 100;

  private final double workError;
  private double weight;
  private double sum;
  private double squares;

  /// @param workError what the measured mean is multiplied by, to play an error
  MeasuredLaw(double workError) {
    this.workError = workError;
  }

  void note(double workSeconds) {
    weight = weight * KEEP + 1;
    sum = sum * KEEP + workSeconds;
    squares = squares * KEEP + workSeconds * workSeconds;
  }

  /// NaN until the first response.
  double meanSeconds() {
    return weight == 0 ? Double.NaN : sum / weight;
  }

  @Nullable WorkLaw law() {
    if (weight < ENOUGH) {
      return null;
    }
    double mean = meanSeconds();
    return new ScaledWork(mean * workError, Math.max(0, squares / weight / (mean * mean) - 1));
  }
}
