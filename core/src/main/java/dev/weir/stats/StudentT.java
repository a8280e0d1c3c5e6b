package dev.weir.stats;

import dev.weir.base.Checks;

/// Student's t distribution with a whole number of degrees of freedom.
///
/// The probability is the finite sum of Abramowitz and Stegun, "Handbook of Mathematical Functions"
/// (1964), 26.7.3 and 26.7.4, which is exact for whole degrees; the quantile inverts it by
/// bisection.
final class StudentT {
  private static final int DEGREES_MAX = 10_000;
  private static final int HALVINGS = 200;

  private final int degrees;

  StudentT(int degrees) {
    Checks.check(
        degrees >= 1 && degrees <= DEGREES_MAX,
        "degrees of freedom",
        degrees,
        "1 to " + DEGREES_MAX);
    this.degrees = degrees;
  }

  /// Probability that the magnitude is at most `t`, for `t >= 0`.
  double within(double t) {
    double theta = Math.atan(t / Math.sqrt(degrees));
    double cosine = Math.cos(theta);
    double sine = Math.sin(theta);
    boolean odd = degrees % 2 == 1;
    if (degrees == 1) {
      return 2 * theta / Math.PI;
    }
    // Each term is the one before times cos² and a ratio of neighbours: 2/3, 4/5, ... if odd, and
    // 1/2, 3/4, ... if even.
    double term = odd ? cosine : 1;
    double sum = term;
    for (int i = odd ? 3 : 2; i < degrees; i += 2) {
      term *= cosine * cosine * (i - 1) / i;
      sum += term;
    }
    return odd ? 2 / Math.PI * (theta + sine * sum) : sine * sum;
  }

  /// The magnitude that is exceeded with probability `1 - share`: 12.706 with one degree at .95.
  double magnitude(double share) {
    Checks.check(share > 0 && share < 1, "share", share, "> 0 and < 1");
    double low = 0;
    double high = 1;
    while (within(high) < share) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS && high > low; i++) {
      double middle = (low + high) / 2;
      if (within(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
