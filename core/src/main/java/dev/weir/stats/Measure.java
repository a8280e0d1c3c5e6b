package dev.weir.stats;

/// A figure of latency for comparing runs.
public enum Measure {
  P50("p50"),
  P95("p95"),
  P99("p99"),
  MEAN("mean");

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /// The name users type and tables show.
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
