package dev.weir.report;

import java.util.List;
import java.util.OptionalDouble;

/// What a chart of sizing shows: a percentile against the number of replicas.
///
/// @param title the heading
/// @param subtitle the demand, in words
/// @param percentile what the axis is of, such as `p99`
/// @param promiseSeconds the line that is not to be crossed; empty for none
/// @param least the number of replicas that is marked; 0 for none
/// @param predicted by number of replicas; those with infinite times are left out
/// @param replayed the same when recorded requests are replayed; may be empty
public record SizingCurve(
    String title,
    String subtitle,
    String percentile,
    OptionalDouble promiseSeconds,
    int least,
    List<Point> predicted,
    List<Point> replayed) {
  public SizingCurve {
    predicted = List.copyOf(predicted);
    replayed = List.copyOf(replayed);
  }

  /// One number of replicas.
  ///
  /// @param replicas how many
  /// @param seconds the percentile with so many
  public record Point(int replicas, double seconds) {}
}
