package dev.weir.balance.limit;

/// How many requests a full replica completes per nanosecond; a closed limit must not lower it.
final class FullRate {
  private static final double ADAPTS_IN = 400;
  private static final double ENOUGH = 8;

  private double perNano = Double.NaN;

  /// NaN until known.
  double perNano() {
    return perNano;
  }

  /// A limit closes at `step`: takes over the rate seen at this level and above while it was open,
  /// less its sampling error, or else the rate of the `others`.
  void close(LevelCounts seen, int step, double others) {
    double completions = seen.completionsFrom(step);
    double caution = Math.max(0.5, 1 - 1.5 / Math.sqrt(completions));
    perNano = completions > 0 ? seen.rateFrom(step) * caution : others;
  }

  /// The limit moves from one knee to another. A knee that was too low had lowered the rate in
  /// proportion; one that was too high had not raised it.
  void move(int from, int to) {
    perNano *= Math.max(1, (double) to / from);
  }

  /// A window with a closed limit is over: follows the rate seen at the limit, slowly, so that a
  /// fall is noticed before it becomes the norm.
  void follow(LevelCounts window, int step) {
    double completions = window.completionsFrom(step);
    if (completions == 0) {
      return;
    }
    double rate = window.rateFrom(step);
    if (!Double.isNaN(perNano)) {
      perNano += completions / (completions + ADAPTS_IN) * (rate - perNano);
    } else if (completions > ENOUGH) {
      perNano = rate;
    }
  }

  void clear() {
    perNano = Double.NaN;
  }
}
