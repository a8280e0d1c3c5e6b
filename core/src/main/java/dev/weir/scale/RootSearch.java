package dev.weir.scale;

import java.util.function.DoubleUnaryOperator;

/// Where an increasing function that is negative at 0 crosses zero, by false position with the
/// Illinois rule.
final class RootSearch {
  /*
   * Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT
   * 11 (1971). Where a value is infinite, the interval is halved instead.
   */
  private static final int STEPS_MAX = 100;
  private static final double PRECISION = 1e-11;

  private RootSearch() {}

  /// The root; infinite if there is none below `max`.
  ///
  /// @param guess above 0; the search goes up from there in steps that double
  /// @param max beyond which it gives up
  static double of(DoubleUnaryOperator increasing, double guess, double max) {
    double low = 0;
    double high = guess;
    double atLow = increasing.applyAsDouble(low);
    double atHigh = increasing.applyAsDouble(high);
    while (atHigh < 0) {
      low = high;
      atLow = atHigh;
      high *= 2;
      if (high > max) {
        return Double.POSITIVE_INFINITY;
      }
      atHigh = increasing.applyAsDouble(high);
    }
    return within(increasing, low, high, atLow, atHigh);
  }

  private static double within(
      DoubleUnaryOperator increasing, double from, double to, double atFrom, double atTo) {
    double low = from;
    double high = to;
    double atLow = atFrom;
    double atHigh = atTo;
    for (int i = 0; i < STEPS_MAX && high - low > PRECISION * high; i++) {
      double slope = (atHigh - atLow) / (high - low);
      double next = Double.isFinite(slope) ? low - atLow / slope : (low + high) / 2;
      double atNext = increasing.applyAsDouble(next);
      if (Math.abs(atNext) < PRECISION) {
        return next;
      }
      if (atNext < 0) {
        low = next;
        atLow = atNext;
        atHigh /= 2;
      } else {
        high = next;
        atHigh = atNext;
        atLow /= 2;
      }
    }
    return (low + high) / 2;
  }
}
