package dev.weir.arrivals;

/// The functions of analysis that the laws' closed forms need and the JDK lacks.
public final class SpecialFunctions {
  /*
   * Log-gamma by Lanczos' approximation (g = 7, nine terms: about 1e-15 relative), the regularised
   * incomplete gamma by its series below a + 1 and by Lentz's continued fraction above (Numerical
   * Recipes, 3rd edition, section 6.2). The error function is the latter at a = 1/2.
   */
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-06,
    1.5056327351493116e-07
  };
  private static final double TOLERANCE = 1e-15;
  private static final int STEPS_MAX = 100_000;

  private SpecialFunctions() {}

  /// Natural logarithm of the gamma function, for `x > 0`.
  static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }

  /// The regularised lower incomplete gamma function P(a, x): the cdf of a gamma law of shape `a`.
  static double gammaP(double a, double x) {
    if (x <= 0) {
      return 0;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return 1;
    }
    return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
  }

  /// Probability that a standard normal is at most `z`.
  public static double normalCdf(double z) {
    double half = z * z / 2;
    double tail = half < 1.5 ? 1 - gammaP(0.5, half) : gammaFraction(0.5, half);
    return z < 0 ? tail / 2 : 1 - tail / 2;
  }

  /// Density of a standard normal.
  static double normalDensity(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double gammaSeries(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < STEPS_MAX && term > sum * TOLERANCE; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
  }

  private static double gammaFraction(double a, double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double tiny = Double.MIN_NORMAL / TOLERANCE;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double h = d;
    double delta = 0;
    for (int i = 1; i < STEPS_MAX && Math.abs(delta - 1) > TOLERANCE; i++) {
      double an = i * (a - i);
      b += 2;
      d = 1 / awayFromZero(an * d + b, tiny);
      c = awayFromZero(b + an / c, tiny);
      delta = d * c;
      h *= delta;
    }
    return h * Math.exp(a * Math.log(x) - x - logGamma(a));
  }

  private static double awayFromZero(double value, double tiny) {
    return Math.abs(value) < tiny ? tiny : value;
  }
}
