package dev.weir.cli.size;

import dev.weir.cli.option.ChartFile;
import dev.weir.report.SizingChart;
import dev.weir.report.SizingCurve;
import dev.weir.report.SizingCurve.Point;
import dev.weir.report.SizingWords;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Draws a sizing: the promised percentile against the number of replicas.
final class SizingCurves {
  private SizingCurves() {}

  /// Writes the chart of a sizing.
  static void write(Sizing sizing, Path file) {
    ChartFile.write(file, (to, format) -> SizingChart.write(to, curve(sizing), format));
  }

  private static SizingCurve curve(Sizing sizing) {
    double percentile = sizing.promise().percentile();
    List<Point> predicted =
        sizing.rows().stream()
            .map(row -> new Point(row.replicas(), row.prediction().percentileSeconds(percentile)))
            .filter(point -> Double.isFinite(point.seconds()))
            .toList();
    // The replay knows p99 only.
    Stream<Sizing.Row> replayed = percentile == 99 ? sizing.rows().stream() : Stream.empty();
    List<Point> points =
        replayed
            .flatMap(row ->
                row.replayed().stream()
                    .map(figures -> new Point(row.replicas(), figures.p99Seconds())))
            .toList();
    return new SizingCurve(
        "Replicas for " + sizing.promise(),
        new SizingText(sizing).demand(),
        SizingWords.name(percentile),
        OptionalDouble.of(sizing.promise().seconds()),
        sizing.need().replicas(),
        predicted,
        points);
  }
}
