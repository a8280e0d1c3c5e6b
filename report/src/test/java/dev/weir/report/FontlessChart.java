package dev.weir.report;

import dev.weir.report.output.Format;
import java.io.IOException;
import java.nio.file.Path;

/// Draws charts into the folder given: run as a process of its own by [ChartsTest].
final class FontlessChart {
  private FontlessChart() {}

  /// Draws.
  public static void main(String[] args) throws IOException {
    Charts.write(Path.of(args[0]), SyntheticRun.usual("weir"), Metric.CPU, Format.PNG);
  }
}
