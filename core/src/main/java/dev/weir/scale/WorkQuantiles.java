package dev.weir.scale;

/// Quantiles of a law of work, dense towards the tail: its distribution as a broken line.
final class WorkQuantiles {
  /*
   * Ninety steps up to the ninth decile, then forty for each tenth of what is left, down to one in a
   * million. Between two quantiles the work counts as spread evenly; equal ones are an atom.
   */
  private static final int BODY = 90;
  private static final double BODY_SHARE = 0.9;
  private static final int STEPS_PER_DECADE = 40;
  private static final int DECADES = 5;
  private static final int RESIDUAL_STEPS = 4;
  private static final int COUNT = BODY + STEPS_PER_DECADE * DECADES + 1;

  private final double[] seconds = new double[COUNT];
  private final double[] above = new double[COUNT];

  WorkQuantiles(WorkLaw law) {
    double least = 0;
    for (int i = 0; i < COUNT; i++) {
      above[i] =
          i <= BODY
              ? 1 - BODY_SHARE * i / BODY
              : (1 - BODY_SHARE) * Math.pow(10, -(double) (i - BODY) / STEPS_PER_DECADE);
      least = Math.max(least, law.quantile(1 - above[i]));
      seconds[i] = least;
    }
    above[COUNT - 1] = 0; // the last millionth is an atom
  }

  int count() {
    return seconds.length;
  }

  /// The quantile number `i`, ascending.
  double seconds(int i) {
    return seconds[i];
  }

  /// Probability of work above the quantile number `i`.
  double above(int i) {
    return above[i];
  }

  /// Probability of work between the quantiles `i - 1` and `i`.
  double weight(int i) {
    return above[i - 1] - above[i];
  }

  /// The mean of the least of `m` residual works, in seconds: how long a request that finds all of
  /// m slots busy, and none waiting, waits for one.
  double leastResidualSeconds(int m) {
    /*
     * The integral of (1 - R(t))^m, with R the law of what is left of a work that is under way: its
     * density is P(S > t) / E[S].
     */
    double mean = seconds[0];
    for (int i = 1; i < COUNT; i++) {
      mean += length(i) * (above[i - 1] + above[i]) / 2;
    }
    double begun = seconds[0] / mean;
    double sum = mean / (m + 1) * (1 - Math.pow(1 - begun, m + 1.0));
    for (int i = 1; i < COUNT; i++) {
      for (int step = 0; step < RESIDUAL_STEPS && length(i) > 0; step++) {
        double u = (step + .5) / RESIDUAL_STEPS;
        double passed = length(i) * u * (above[i - 1] - weight(i) * u / 2) / mean;
        sum += Math.pow(Math.max(0, 1 - begun - passed), m) * length(i) / RESIDUAL_STEPS;
      }
      begun += length(i) * (above[i - 1] + above[i]) / 2 / mean;
    }
    return sum;
  }

  private double length(int i) {
    return seconds[i] - seconds[i - 1];
  }
}
