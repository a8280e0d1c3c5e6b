package dev.weir.balance.limit;

/// The grid for counting requests in flight: single numbers up to sixteen, then eight steps per
/// doubling.
///
/// Counters for each number up to 100,000 would take a megabyte per replica, and neighbours that
/// measurements cannot separate would compete.
final class Levels {
  /// How many steps there are; the last one also stands for all higher numbers.
  static final int COUNT = 120;

  private static final int EXACT = 16;
  private static final int PER_DOUBLING = 8;
  private static final int[] VALUES = values();
  private static final double[] LOGS = logs();

  private Levels() {}

  /// The step of `inFlight` requests, from 0 for one request.
  static int stepOf(int inFlight) {
    int below = Math.max(0, inFlight - 1);
    if (below < EXACT) {
      return below;
    }
    int doublings = Integer.numberOfLeadingZeros(EXACT) - Integer.numberOfLeadingZeros(below);
    int within = (below - (EXACT << doublings)) >> (doublings + 1);
    return Math.min(COUNT - 1, EXACT + doublings * PER_DOUBLING + within);
  }

  /// The most requests in flight that belong to `step`.
  static int valueOf(int step) {
    return VALUES[step];
  }

  /// The natural logarithm of [#valueOf].
  static double logOf(int step) {
    return LOGS[step];
  }

  private static int[] values() {
    int[] values = new int[COUNT];
    for (int step = 0; step < COUNT; step++) {
      int coarse = Math.max(0, step - EXACT);
      int doublings = coarse / PER_DOUBLING;
      int width = 2 << doublings;
      values[step] =
          step < EXACT ? step + 1 : (EXACT << doublings) + (coarse % PER_DOUBLING + 1) * width;
    }
    return values;
  }

  private static double[] logs() {
    double[] logs = new double[COUNT];
    for (int step = 0; step < COUNT; step++) {
      logs[step] = Math.log(VALUES[step]);
    }
    return logs;
  }
}
