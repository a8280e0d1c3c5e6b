package dev.weir.stats;

import java.util.Map;

/// One run of a comparison: who ran in which round, and what came of it.
///
/// @param round from 1
/// @param variant who ran
/// @param counts whether its load was what was asked for; the figures of others mean nothing
/// @param millis its latencies, in milliseconds
/// @param requests how many were due
/// @param failed how many of them got no usable answer
/// @param note what is to be said of it, such as its load's verdict
/// @param folder where it was recorded, beside the comparison's page
public record Trial(
    int round,
    String variant,
    boolean counts,
    Map<Measure, Double> millis,
    long requests,
    long failed,
    String note,
    String folder) {
  public Trial {
    millis = Map.copyOf(millis);
  }

  /// One latency, in milliseconds; NaN if no request succeeded.
  public double millis(Measure measure) {
    return millis.getOrDefault(measure, Double.NaN);
  }
}
