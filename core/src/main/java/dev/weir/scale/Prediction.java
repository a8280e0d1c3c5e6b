package dev.weir.scale;

import dev.weir.base.Checks;

/// The response times that a number of replicas is predicted to give. Immutable.
public final class Prediction {
  /*
   * T = W + S, where W is 0 or falls exponentially:
   *   P(T > t) = P(S > t) + P(W > 0) E[exp(-eta (t - S)); S <= t].
   * `met[i]` is that last expectation at the quantile number i of the work, by a recurrence that is
   * exact for work spread evenly between quantiles.
   */
  private static final int HALVINGS = 60;

  private final double utilisation;
  private final double waitProbability;
  private final double decayPerSecond;
  private final WorkQuantiles work;
  private final double[] met;

  /// @param decayPerSecond infinite if nothing waits; 0 if the load is not below the capacity
  Prediction(
      double utilisation, double waitProbability, double decayPerSecond, WorkQuantiles work) {
    this.utilisation = utilisation;
    this.waitProbability = Double.isInfinite(decayPerSecond) ? 0 : waitProbability;
    this.decayPerSecond = decayPerSecond;
    this.work = work;
    this.met = new double[work.count()];
    if (this.waitProbability > 0 && isStable()) {
      meet();
    }
  }

  private void meet() {
    for (int i = 1; i < met.length; i++) {
      met[i] = met(i, work.seconds(i) - work.seconds(i - 1));
    }
  }

  /// The expectation at `u` seconds past the quantile number `i - 1`, not beyond number `i`.
  private double met(int i, double u) {
    double fallen = decayPerSecond * u;
    double length = work.seconds(i) - work.seconds(i - 1);
    double fresh = length > 0 ? work.weight(i) * u / length : work.weight(i);
    double kept = fallen > 0 ? -Math.expm1(-fallen) / fallen : 1;
    return met[i - 1] * Math.exp(-fallen) + fresh * kept;
  }

  /// The part of the slots that is busy on average; 1 or more if the load exceeds the capacity.
  public double utilisation() {
    return utilisation;
  }

  /// Whether the load is below the capacity. If not, response times grow without end.
  public boolean isStable() {
    return utilisation < 1;
  }

  /// Probability that a request waits for a slot, in `[0, 1]`.
  public double waitProbability() {
    return waitProbability;
  }

  /// Mean waiting time in seconds; infinite if the load exceeds the capacity.
  public double waitMeanSeconds() {
    if (!isStable()) {
      return Double.POSITIVE_INFINITY;
    }
    return waitProbability == 0 ? 0 : waitProbability / decayPerSecond;
  }

  /// Probability of a response time above `seconds`, in `[0, 1]`.
  public double exceeds(double seconds) {
    if (!isStable() || seconds < work.seconds(0)) {
      return 1;
    }
    int i = 1;
    while (i < met.length && work.seconds(i) <= seconds) {
      i++;
    }
    double u = seconds - work.seconds(i - 1);
    return i < met.length ? within(i, u) : beyond(u);
  }

  /// The response time that `percentile` percent of the requests do not exceed, in seconds;
  /// infinite if the load exceeds the capacity.
  ///
  /// @param percentile above 0 and below 100
  public double percentileSeconds(double percentile) {
    Checks.check(percentile > 0 && percentile < 100, "percentile", percentile, "> 0 and < 100");
    if (!isStable()) {
      return Double.POSITIVE_INFINITY;
    }
    double share = 1 - percentile / 100;
    for (int i = 1; i < met.length; i++) {
      if (work.above(i) + waitProbability * met[i] <= share) {
        return work.seconds(i - 1) + inside(i, share);
      }
    }
    double last = waitProbability * met[met.length - 1];
    return work.seconds(met.length - 1) + Math.log(last / share) / decayPerSecond;
  }

  /// Whether the promise is predicted to be kept.
  public boolean keeps(Promise promise) {
    return percentileSeconds(promise.percentile()) <= promise.seconds();
  }

  /// How far past the quantile number `i - 1`, and not beyond number `i`, `share` exceeds.
  private double inside(int i, double share) {
    double low = 0;
    double high = work.seconds(i) - work.seconds(i - 1);
    for (int step = 0; step < HALVINGS && high > low; step++) {
      double middle = (low + high) / 2;
      if (within(i, middle) > share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private double within(int i, double u) {
    double length = work.seconds(i) - work.seconds(i - 1);
    double above = work.above(i - 1) - (length > 0 ? work.weight(i) * u / length : 0);
    return above + (waitProbability > 0 ? waitProbability * met(i, u) : 0);
  }

  private double beyond(double u) {
    double last = waitProbability * met[met.length - 1];
    return last == 0 ? 0 : last * Math.exp(-decayPerSecond * u);
  }
}
