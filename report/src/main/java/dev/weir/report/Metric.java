package dev.weir.report;

import java.util.Locale;

/// What of a container a chart shows.
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

  /// How file names and flags spell it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
