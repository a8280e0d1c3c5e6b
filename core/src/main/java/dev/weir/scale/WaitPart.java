package dev.weir.scale;

/// One exponential of the law of the wait, with the work after it: the probability of such a wait
/// and of a response time above t, of which the work alone is at most t.
final class WaitPart {
  /*
   * weight E[exp(-rate (t - S)); S <= t]. `met[i]` is that expectation at the quantile number i of
   * the work, by a recurrence that is exact for work spread evenly between quantiles.
   */
  private final double weight;
  private final double perSecond;
  private final WorkQuantiles work;
  private final double[] met;

  /// @param weight the probability of such a wait; negative where it is taken off another one
  /// @param perSecond how fast it falls, finite
  WaitPart(double weight, double perSecond, WorkQuantiles work) {
    this.weight = weight;
    this.perSecond = perSecond;
    this.work = work;
    this.met = new double[work.count()];
    for (int i = 1; i < met.length; i++) {
      met[i] = met(i, work.seconds(i) - work.seconds(i - 1));
    }
  }

  /// The expectation at `u` seconds past the quantile number `i - 1`, not beyond number `i`.
  private double met(int i, double u) {
    double fallen = perSecond * u;
    double length = work.seconds(i) - work.seconds(i - 1);
    double fresh = length > 0 ? work.weight(i) * u / length : work.weight(i);
    double kept = fallen > 0 ? -Math.expm1(-fallen) / fallen : 1;
    return met[i - 1] * Math.exp(-fallen) + fresh * kept;
  }

  double meanSeconds() {
    return weight / perSecond;
  }

  /// The probability at the quantile number `i` of the work.
  double at(int i) {
    return weight * met[i];
  }

  /// The probability at `u` seconds past the quantile number `i - 1`, not beyond number `i`.
  double within(int i, double u) {
    return weight * met(i, u);
  }

  /// The probability at `u` seconds past the last quantile.
  double beyond(double u) {
    return weight * met[met.length - 1] * Math.exp(-perSecond * u);
  }
}
