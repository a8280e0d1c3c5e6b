package dev.weir.sim;

import java.util.Arrays;

/// The figures of a set of response times. Percentiles are exact; all are NaN of an empty set.
///
/// @param count how many
/// @param meanSeconds mean
/// @param p50Seconds median
/// @param p99Seconds 99th percentile
/// @param p999Seconds 99.9th percentile
public record LatencyFigures(
    int count, double meanSeconds, double p50Seconds, double p99Seconds, double p999Seconds) {
  /// Of these times, in any order; the array is left sorted.
  public static LatencyFigures of(long[] nanos) {
    Arrays.sort(nanos);
    return new LatencyFigures(
        nanos.length,
        Arrays.stream(nanos).average().orElse(Double.NaN) / 1e9,
        percentileSeconds(nanos, 0.5),
        percentileSeconds(nanos, 0.99),
        percentileSeconds(nanos, 0.999));
  }

  /// The smallest value that a share of `fraction` stays within.
  private static double percentileSeconds(long[] sorted, double fraction) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(fraction * sorted.length);
    return sorted[Math.clamp(rank, 1, sorted.length) - 1] / 1e9;
  }
}
