package dev.weir.report;

import java.util.List;

/// One figure of every compared run.
///
/// @param name of the figure
/// @param kind its unit and which way is better
/// @param values one per run; NaN if a run has none
public record Row(String name, Kind kind, List<Double> values) {
  /// Smaller differences are noise and mark no run as better.
  private static final double RELEVANT = 0.01;

  /// What a figure measures.
  public enum Kind {
    /// Milliseconds; less is better.
    LATENCY,
    /// Per second; more is better.
    RATE,
    /// A plain number; neither is better.
    COUNT,
    /// A number of failed requests; less is better.
    FAILURES,
    /// A part of the whole from 0 to 1; neither is better.
    SHARE
  }

  /// The value of a run divided by that of the first; NaN where that says nothing.
  public double ratio(int run) {
    boolean comparable =
        switch (kind) {
          case LATENCY, RATE, FAILURES -> true;
          case COUNT, SHARE -> false;
        };
    return comparable && values.getFirst() > 0 ? values.get(run) / values.getFirst() : Double.NaN;
  }

  /// Whether a run's value is the best, and by more than noise.
  public boolean better(int run) {
    double own = values.get(run);
    if (values.size() < 2 || Double.isNaN(own)) {
      return false;
    }
    double lowest = values.stream().mapToDouble(Double::doubleValue).min().orElse(own);
    double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(own);
    if (highest - lowest <= RELEVANT * highest) {
      return false;
    }
    return switch (kind) {
      case LATENCY, FAILURES -> own == lowest;
      case RATE -> own == highest;
      case COUNT, SHARE -> false;
    };
  }

  /// A run's value with its unit.
  public String text(int run) {
    double value = values.get(run);
    return switch (kind) {
      case LATENCY -> FigureText.millis(value);
      case RATE -> FigureText.perSecond(value);
      case COUNT, FAILURES -> FigureText.count(value);
      case SHARE -> FigureText.percent(value);
    };
  }
}
