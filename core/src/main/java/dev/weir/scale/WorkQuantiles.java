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
}
