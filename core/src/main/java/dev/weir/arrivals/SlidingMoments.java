package dev.weir.arrivals;

import dev.weir.base.Checks;
import java.util.Arrays;

/// Count, mean and variance of the values of the last seconds.
///
/// Not thread-safe; its owner's lock guards it.
public final class SlidingMoments {
  /*
   * A ring of sub-windows, each with Welford's running moments; a value costs a division and a few
   * additions and allocates nothing. Reading merges the live sub-windows (Chan, Golub and LeVeque,
   * "Algorithms for computing the sample variance", 1983). Sums of squares would be cheaper to
   * merge but lose all digits of the variance when it is small beside the mean. The oldest
   * sub-window is dropped whole, so that between (PARTS-1)/PARTS and all of the window is covered.
   */
  private static final int PARTS = 60;
  private static final int COUNT_MIN = 10;

  private final long partNanos;
  private final long[] part = new long[PARTS];
  private final long[] count = new long[PARTS];
  private final double[] mean = new double[PARTS];
  private final double[] squares = new double[PARTS];
  private long total;
  private double totalMean;
  private double totalSquares;

  /// @param windowNanos how far back it remembers
  public SlidingMoments(long windowNanos) {
    Checks.atLeast(PARTS, windowNanos, "windowNanos");
    this.partNanos = windowNanos / PARTS;
    Arrays.fill(part, Long.MIN_VALUE);
  }

  /// Adds one value seen at `nowNanos`.
  public void note(double value, long nowNanos) {
    int slot = slot(nowNanos);
    if (slot >= 0) {
      count[slot]++;
      double off = value - mean[slot];
      mean[slot] += off / count[slot];
      squares[slot] += off * (value - mean[slot]);
    }
  }

  /// Adds the same value `times` times.
  void note(double value, long times, long nowNanos) {
    int slot = slot(nowNanos);
    if (slot >= 0 && times > 0) {
      double off = value - mean[slot];
      long sum = count[slot] + times;
      squares[slot] += off * off * count[slot] * times / sum;
      mean[slot] += off * times / sum;
      count[slot] = sum;
    }
  }

  /// How many values the window holds.
  public long count(long nowNanos) {
    merge(nowNanos);
    return total;
  }

  /// Mean of the window's values; NaN if it holds none.
  public double mean(long nowNanos) {
    merge(nowNanos);
    return total == 0 ? Double.NaN : totalMean;
  }

  /// Variance of the window's values; NaN while it holds fewer than ten.
  public double variance(long nowNanos) {
    merge(nowNanos);
    return total < COUNT_MIN ? Double.NaN : totalSquares / (total - 1);
  }

  /// Squared coefficient of variation of the window's values; NaN while it holds fewer than ten or
  /// their mean is zero.
  public double scv(long nowNanos) {
    double variance = variance(nowNanos);
    return totalMean == 0 ? Double.NaN : variance / (totalMean * totalMean);
  }

  /// When the window that ends at `nowNanos` begins.
  long startNanos(long nowNanos) {
    return (Math.floorDiv(nowNanos, partNanos) - PARTS + 1) * partNanos;
  }

  /// Length of one sub-window.
  long partNanos() {
    return partNanos;
  }

  /// The index of an instant in the ring, whose sub-window is emptied first if it is old; -1 if the
  /// instant is too long ago.
  private int slot(long nowNanos) {
    long wanted = Math.floorDiv(nowNanos, partNanos);
    int slot = (int) Math.floorMod(wanted, (long) PARTS);
    if (part[slot] < wanted) {
      part[slot] = wanted;
      count[slot] = 0;
      mean[slot] = 0;
      squares[slot] = 0;
    }
    return part[slot] == wanted ? slot : -1;
  }

  private void merge(long nowNanos) {
    long newest = Math.floorDiv(nowNanos, partNanos);
    total = 0;
    totalMean = 0;
    totalSquares = 0;
    for (int slot = 0; slot < PARTS; slot++) {
      if (part[slot] > newest - PARTS && count[slot] > 0) {
        long sum = total + count[slot];
        double off = mean[slot] - totalMean;
        totalSquares += squares[slot] + off * off * total * count[slot] / sum;
        totalMean += off * count[slot] / sum;
        total = sum;
      }
    }
  }
}
