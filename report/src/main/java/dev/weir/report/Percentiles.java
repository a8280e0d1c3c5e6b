package dev.weir.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Exact percentiles of latencies by nearest rank: the p-th percentile is the smallest value that
/// at least p % of the values stay within. There is no interpolation and no rounding.
final class Percentiles {
  private static final double NANOS_PER_MILLI = 1e6;

  /// Ticks of the curve in each tenfold step of 1/(1-p).
  private static final int TICKS_PER_DECADE = 40;

  private final long[] sortedNanos;

  /// Of values in any order.
  Percentiles(long[] nanos) {
    sortedNanos = nanos.clone();
    Arrays.sort(sortedNanos);
  }

  int count() {
    return sortedNanos.length;
  }

  /// In milliseconds; NaN of nothing.
  double millis(double percent) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    // Subtracts a tiny amount: 99.9 % of 1000 is 999.0000000001 in binary, but means the 999th.
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length - 1e-9);
    return sortedNanos[Math.clamp(rank, 1, sortedNanos.length) - 1] / NANOS_PER_MILLI;
  }

  /// In milliseconds; NaN of nothing.
  double meanMillis() {
    return Arrays.stream(sortedNanos).average().orElse(Double.NaN) / NANOS_PER_MILLI;
  }

  /// In milliseconds; NaN of nothing.
  double maxMillis() {
    return millis(100);
  }

  /// The percentile curve on HdrHistogram's axis: 1/(1-p), growing tenfold with every further nine,
  /// to the latency in milliseconds. It ends with the maximum, at 1/(1-p) = count.
  List<double[]> curve() {
    var points = new ArrayList<double[]>();
    for (int tick = 0; ; tick++) {
      double inverse = Math.pow(10, (double) tick / TICKS_PER_DECADE);
      if (inverse >= count()) {
        break;
      }
      points.add(new double[] {inverse, millis(100 - 100 / inverse)});
    }
    if (count() > 0) {
      points.add(new double[] {count(), maxMillis()});
    }
    return points;
  }
}
