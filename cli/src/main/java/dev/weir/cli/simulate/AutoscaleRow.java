package dev.weir.cli.simulate;

import dev.weir.sim.scale.ScaleResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one rule made of one trace, as the mean over the seeds; or of all traces.
///
/// @param trace the trace's name
/// @param rule the rule's name
/// @param replicaSeconds the cost
/// @param relativeCost the cost over that of the rule cpu; NaN if that was not compared
/// @param starts how many replicas were started
/// @param lateShare the part of the requests that were late
/// @param badShare the part of the minutes that broke the promise
/// @param worstWaitSeconds the longest wait under any seed
record AutoscaleRow(
    String trace,
    String rule,
    double replicaSeconds,
    double relativeCost,
    double starts,
    double lateShare,
    double badShare,
    double worstWaitSeconds) {
  static final String MEAN = "mean";

  /// @param compared the results of the rule cpu; empty if that was not compared
  static AutoscaleRow of(
      String trace, String rule, List<ScaleResult> results, List<ScaleResult> compared) {
    double cost = mean(results, ScaleResult::replicaSeconds);
    return new AutoscaleRow(
        trace,
        rule,
        cost,
        cost / mean(compared, ScaleResult::replicaSeconds),
        mean(results, ScaleResult::starts),
        mean(results, ScaleResult::lateShare),
        mean(results, ScaleResult::badShare),
        results.stream().mapToDouble(ScaleResult::worstWaitSeconds).max().orElse(Double.NaN));
  }

  /// The mean of one rule's rows.
  static AutoscaleRow mean(String rule, List<AutoscaleRow> rows) {
    return new AutoscaleRow(
        MEAN,
        rule,
        mean(rows, AutoscaleRow::replicaSeconds),
        mean(rows, AutoscaleRow::relativeCost),
        mean(rows, AutoscaleRow::starts),
        mean(rows, AutoscaleRow::lateShare),
        mean(rows, AutoscaleRow::badShare),
        rows.stream().mapToDouble(AutoscaleRow::worstWaitSeconds).max().orElse(Double.NaN));
  }

  private static <T> double mean(List<T> values, ToDoubleFunction<T> figure) {
    return values.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
