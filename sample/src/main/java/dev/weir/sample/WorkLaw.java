package dev.weir.sample;

import java.util.SplittableRandom;

/// Draws how much CPU the next request costs.
final class WorkLaw {
  /// The laws by the names that `--work-dist` takes.
  enum Shape {
    FIXED,
    EXPONENTIAL,
    HYPEREXPONENTIAL
  }

  private final Shape shape;
  private final double meanMillis;
  private final double shortShare;
  private final SplittableRandom random;

  /// @param scv squared coefficient of variation; only the hyperexponential law reads it
  WorkLaw(Shape shape, double meanMillis, double scv, long seed) {
    this.shape = shape;
    this.meanMillis = meanMillis;
    this.shortShare = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2; // balanced means
    this.random = new SplittableRandom(seed);
  }

  /// CPU time of the next request.
  synchronized double nextMillis() {
    return switch (shape) {
      case FIXED -> meanMillis;
      case EXPONENTIAL -> meanMillis * random.nextExponential();
      case HYPEREXPONENTIAL -> {
        double share = random.nextDouble() < shortShare ? shortShare : 1 - shortShare;
        yield meanMillis / (2 * share) * random.nextExponential();
      }
    };
  }
}
