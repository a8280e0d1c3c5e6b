package dev.weir.arrivals;

import dev.weir.base.Checks;

/// The values that a parameter of a law may take, with the words of the error.
enum Domain {
  POSITIVE("> 0", Double.MIN_VALUE, Double.MAX_VALUE),
  NOT_NEGATIVE(">= 0", 0, Double.MAX_VALUE),
  ABOVE_ONE("> 1", Math.nextUp(1.0), Double.MAX_VALUE),
  /// A spread of zero is another law, and the formulas divide by it.
  SPREAD("> 0; for no spread at all use --time-dist constant", Double.MIN_VALUE, Double.MAX_VALUE),
  /// Outside of it the moments leave the range of a double.
  COV(">= 0.001 and <= 1000", 0.001, 1000),
  /// Outside of it the moments leave the range of a double.
  WEIBULL_SHAPE(">= 0.05 and <= 100", 0.05, 100);

  private final String expected;
  private final double min;
  private final double max;

  Domain(String expected, double min, double max) {
    this.expected = expected;
    this.min = min;
    this.max = max;
  }

  boolean holds(double value) {
    return value >= min && value <= max;
  }

  String expected() {
    return expected;
  }

  /// Refuses a value outside, naming the flag it came from.
  void check(double value, String flag) {
    Checks.check(holds(value), flag, value, expected);
  }
}
