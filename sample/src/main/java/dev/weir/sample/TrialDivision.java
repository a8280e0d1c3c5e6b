package dev.weir.sample;

/// Looks for a divisor by trying one odd number after another: slow on purpose, and all CPU.
final class TrialDivision {
  /// The largest prime of a `long`: its 1.5 thousand million trial divisions outlast any request.
  static final long LARGE_PRIME = 9_223_372_036_854_775_783L;

  /// The first odd number worth trying.
  static final long FIRST = 3;

  private TrialDivision() {}

  /// Tries `count` odd numbers from `from` on; returns the first that divides `number`, or 0.
  static long divisor(long number, long from, long count) {
    long end = from + 2 * count;
    for (long candidate = from; candidate < end; candidate += 2) {
      if (number % candidate == 0) {
        return candidate;
      }
    }
    return 0;
  }

  /// The largest number that needs to be tried.
  static long last(long number) {
    long root = (long) Math.sqrt((double) number);
    while (root > number / root) {
      root--;
    }
    while (root + 1 <= number / (root + 1)) {
      root++;
    }
    return root;
  }
}
