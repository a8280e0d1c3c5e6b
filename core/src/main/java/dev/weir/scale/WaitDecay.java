package dev.weir.scale;

/// How fast the tail of the waiting time falls: P(W > t) is about a constant times exp(-eta t).
final class WaitDecay {
  /*
   * eta = m s, where s > 0 solves E[exp(-m s U)] E[exp(s S)] = 1, with U the gap between arrivals
   * and S the work: Abate, Choudhury and Whitt, "Exponential approximations for tail probabilities
   * in queues, I: waiting times", Operations Research 43 (1995). The logarithm of the left side is
   * convex, 0 at s = 0 and falls there while the load is below the capacity; so there is one root.
   * Gaps follow the gamma law up to an scv of 1 and two balanced exponential phases above.
   */
  private static final double MEANS_MAX = 1e6;

  private final Demand demand;
  private final int m;

  WaitDecay(Demand demand, int m) {
    this.demand = demand;
    this.m = m;
  }

  /// eta per second; infinite if no request ever waits.
  double perSecond() {
    double guess = 1 / demand.work().meanSeconds();
    return m * RootSearch.of(this::slope, guess, guess * MEANS_MAX);
  }

  /// The logarithm over s, which increases, from its derivative at 0.
  private double slope(double s) {
    return s == 0 ? demand.work().meanSeconds() - m / demand.ratePerSecond() : logProduct(s) / s;
  }

  private double logProduct(double s) {
    return demand.work().logMgf(s) + gapLogTransform(m * s / demand.ratePerSecond());
  }

  /// Logarithm of E[exp(-x U)] for gaps of mean 1.
  private double gapLogTransform(double x) {
    double scv = demand.gapScv();
    if (scv == 0) {
      return -x;
    }
    if (scv <= 1) {
      return -Math.log1p(scv * x) / scv;
    }
    double share = TwoPhases.shortShare(scv);
    double shortRate = 2 * share;
    double longRate = 2 * (1 - share);
    return Math.log(share * shortRate / (shortRate + x) + (1 - share) * longRate / (longRate + x));
  }
}
