package dev.weir.stats;

import java.util.Map;

/// One run of a comparison: which variant ran in which round, and its result.
///
/// @param round from 1
/// @param variant which variant ran
/// @param counts whether its load was as scheduled; otherwise its figures are not valid
/// @param millis its latencies, in milliseconds
/// @param requests how many were due
/// @param failed how many of them got no usable response
/// @param note a remark, such as the verdict on its load
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
