package dev.weir.load.record;

import dev.weir.arrivals.GapLaw;
import java.util.Arrays;

/// The gaps between instants, and their statistics.
public final class Gaps {
  /// Half-width of a 95 % interval in standard errors.
  private static final double Z95 = 1.96;

  /// Fewer windows than this make no index of dispersion.
  private static final int WINDOWS_MIN = 10;

  private final long[] instantsNanos;
  private final double[] seconds;
  private final double mean;
  private final double variance;

  /// The gaps between `instantsNanos`, which may be in any order.
  public Gaps(long[] instantsNanos) {
    this.instantsNanos = instantsNanos.clone();
    Arrays.sort(this.instantsNanos);
    int count = Math.max(0, instantsNanos.length - 1);
    seconds = new double[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = (this.instantsNanos[i + 1] - this.instantsNanos[i]) / 1e9;
    }
    mean = moment(1, 0);
    variance = count < 2 ? Double.NaN : moment(2, mean) * count / (count - 1);
  }

  public double meanSeconds() {
    return mean;
  }

  double sigmaSeconds() {
    return Math.sqrt(variance);
  }

  /// Coefficient of variation.
  double cov() {
    return Math.sqrt(variance) / mean;
  }

  /*
   * The delta method on the sample moments, for any law:
   *   Var(cov) = cov^2/n * ((m4/m2^2 - 1)/4 - m3/(m1 m2) + m2/m1^2)
   * With heavy tails and few gaps it is too narrow, as any other interval would be.
   */
  /// Half the width of the 95 % interval of [#cov].
  double covMargin() {
    double second = moment(2, mean);
    if (second == 0) {
      return 0;
    }
    double factor =
        (moment(4, mean) / (second * second) - 1) / 4
            - moment(3, mean) / (mean * second)
            + second / (mean * mean);
    return Z95 * cov() * Math.sqrt(Math.max(0, factor) / seconds.length);
  }

  /// Kolmogorov-Smirnov distance from `law`. If the law has an atom (a constant gap), both sides of
  /// the step are compared.
  public double ks(GapLaw law) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    double distance = count == 0 ? Double.NaN : 0;
    int from = 0;
    while (from < count) {
      int to = from;
      while (to < count && sorted[to] == sorted[from]) {
        to++;
      }
      double below = Math.abs(law.cdf(Math.nextDown(sorted[from])) - (double) from / count);
      double at = Math.abs(law.cdf(sorted[from]) - (double) to / count);
      distance = Math.max(distance, Math.max(below, at));
      from = to;
    }
    return distance;
  }

  /// Correlation of each gap with the next.
  double lag1() {
    double sum = 0;
    for (int i = 0; i + 1 < seconds.length; i++) {
      sum += (seconds[i] - mean) * (seconds[i + 1] - mean);
    }
    double whole = moment(2, mean) * seconds.length;
    return seconds.length < 3 || whole == 0 ? Double.NaN : sum / whole;
  }

  /// Variance over mean of the counts in windows of `windowNanos` from 0 to the last instant; 1 for
  /// a Poisson process at every scale. NaN if there are too few windows.
  double dispersion(long windowNanos) {
    long last = instantsNanos.length == 0 ? 0 : instantsNanos[instantsNanos.length - 1];
    long windows = last / windowNanos;
    if (windows < WINDOWS_MIN) {
      return Double.NaN;
    }
    double inside = 0;
    double squares = 0;
    int from = 0;
    while (from < instantsNanos.length && instantsNanos[from] / windowNanos < windows) {
      long window = instantsNanos[from] / windowNanos;
      int to = from;
      while (to < instantsNanos.length && instantsNanos[to] / windowNanos == window) {
        to++;
      }
      double inWindow = (double) to - from;
      inside += inWindow;
      squares += inWindow * inWindow;
      from = to;
    }
    double average = inside / windows;
    return average == 0 ? Double.NaN : (squares / windows - average * average) / average;
  }

  private double moment(int order, double about) {
    double sum = 0;
    for (double gap : seconds) {
      sum += Math.pow(gap - about, order);
    }
    return seconds.length == 0 ? Double.NaN : sum / seconds.length;
  }
}
