package dev.weir.cli.size;

import dev.weir.base.UserError;
import dev.weir.report.SizingChart;
import dev.weir.report.SizingCurve;
import dev.weir.report.SizingCurve.Point;
import dev.weir.report.output.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Draws a sizing: the promised percentile against the number of replicas.
final class SizingCurves {
  private SizingCurves() {}

  /// The kind of file that a name asks for.
  ///
  /// @throws UserError if it asks for none that can be written
  static Format format(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return Format.PNG;
    }
    if (name.endsWith(".svg")) {
      return Format.SVG;
    }
    throw new UserError("--chart: %s (expected: a file that ends in .png or .svg)".formatted(file));
  }

  /// Writes the chart of a sizing.
  static void write(Sizing sizing, Path file) {
    try {
      SizingChart.write(file, curve(sizing), format(file));
    } catch (IOException e) {
      throw new UserError(
          "--chart: %s (expected: a file that can be written; %s)".formatted(file, e), e);
    }
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
        SizingText.name(percentile),
        sizing.promise().seconds(),
        sizing.need().replicas(),
        predicted,
        points);
  }
}
