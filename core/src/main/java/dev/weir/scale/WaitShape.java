package dev.weir.scale;

/// The law of the wait of a request that waits, as two exponentials: P(W > t | W > 0) = w exp(-slow
/// t) + (1 - w) exp(-fast t).
///
/// @param weight w of the slow one, > 0; above 1 where waits vary less than exponential ones
/// @param slowPerSecond how fast the tail falls; infinite if no request waits
/// @param fastPerSecond above `slowPerSecond`; infinite if that part hardly waits
record WaitShape(double weight, double slowPerSecond, double fastPerSecond) {
  /*
   * One exponential is exact for exponential work only. For other work three figures of M/G/m, the
   * queue with Poisson arrivals, determine two: how fast the tail falls (WaitDecay); the mean, after
   * Tijms, van Hoorn and Federgruen, "Approximations for the steady-state probabilities in the M/G/c
   * queue", Advances in Applied Probability 13 (1981); and the density at 0. That density is
   * m (1 - rho) / S: whoever comes first while all slots are busy waits for the least of m residual
   * works, whose density at 0 is m / S, and the part 1 - rho of those who wait comes first. With one
   * slot and two exponential phases of work, this is the exact law.
   *
   * For other arrivals the shape, in units of the time in which the tail falls, is that of M/G/m:
   * if they are bursty, of the load with which its tail falls as fast; else of the same load. With
   * exponential work that is one exponential again, which is exact for all arrivals (GI/M/m).
   */
  private static final double NEARLY_EXPONENTIAL = 1e-6;

  /// The shape of the waits for `m` slots.
  ///
  /// @param utilisation above 0 and below 1
  static WaitShape of(Demand demand, WorkQuantiles work, int m, double utilisation) {
    double decay = new WaitDecay(demand, m).perSecond();
    if (Double.isInfinite(decay)) {
      return new WaitShape(1, decay, decay);
    }
    boolean isBursty = demand.gapScv() >= 1;
    double rho = isBursty ? poissonLoad(demand, decay / m) : utilisation;
    double poissonDecay = isBursty ? decay : new WaitDecay(poisson(demand), m).perSecond();
    double mean = demand.work().meanSeconds();
    double own = (1 - rho) * work.leastResidualSeconds(m);
    double others = rho * (1 + demand.work().scv()) / 2 * mean / m;
    return fitted(
        decay, m * (1 - rho) / mean / poissonDecay, (own + others) / (1 - rho) * poissonDecay);
  }

  /// The load of M/G/m whose waits fall at `perSlot` times m.
  private static double poissonLoad(Demand demand, double perSlot) {
    return perSlot * demand.work().meanSeconds() / (demand.work().mgf(perSlot) - 1);
  }

  private static Demand poisson(Demand demand) {
    return new Demand(demand.ratePerSecond(), 1, demand.work());
  }

  /// Two exponentials with these figures, or one that is nearest to them if no two have them.
  ///
  /// @param density at 0, over the decay
  /// @param mean times the decay
  private static WaitShape fitted(double decay, double density, double mean) {
    double excess = density + mean - 2;
    double weight = (density * mean - 1) / excess;
    boolean isExponential =
        Math.abs(density - 1) < NEARLY_EXPONENTIAL || Math.abs(mean - 1) < NEARLY_EXPONENTIAL;
    if (!isExponential && density > 1 && mean < 1) {
      return weight > 0 && weight < 1
          ? new WaitShape(weight, decay, decay * (density - weight) / (1 - weight))
          : new WaitShape(mean, decay, Double.POSITIVE_INFINITY);
    }
    return !isExponential && density < 1 && mean > 1 && excess < 0
        ? new WaitShape(weight, decay, decay * (weight - density) / (weight - 1))
        : new WaitShape(1, decay, Double.POSITIVE_INFINITY);
  }
}
