package dev.weir.report;

import java.util.Locale;

/// The metric of a container that a chart shows.
public enum Metric {
  /// Processor time used per second, from differences of the cumulative counter.
  CPU("CPU (cores)"),
  /// Memory in use, in millions of bytes, as the source counts it.
  MEMORY("Memory (MB)");

  private final String axisTitle;

  Metric(String axisTitle) {
    this.axisTitle = axisTitle;
  }

  /// The axis title, with its unit.
  String axisTitle() {
    return axisTitle;
  }

  /// Its spelling in file names and flags.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
