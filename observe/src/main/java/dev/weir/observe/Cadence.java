package dev.weir.observe;

import dev.weir.base.Checks;

/// When rounds are due: at whole multiples of a period from the first, so that lateness does not
/// add up. A due time that has passed is skipped rather than made up for, since two rounds in quick
/// succession say no more than one.
final class Cadence {
  private final long periodNanos;
  private long dueNanos;
  private long skipped;

  Cadence(long firstNanos, long periodNanos) {
    this.periodNanos = Checks.atLeast(1, periodNanos, "periodNanos");
    this.dueNanos = firstNanos;
  }

  /// Counts from `firstNanos` instead.
  void restart(long firstNanos) {
    dueNanos = firstNanos;
  }

  /// Moves on to the first due time after `nowNanos` and returns how long to wait for it.
  long untilNextNanos(long nowNanos) {
    long passed = Math.max(0, nowNanos - dueNanos) / periodNanos;
    skipped += passed;
    dueNanos += (passed + 1) * periodNanos;
    return dueNanos - nowNanos;
  }

  /// How many rounds were skipped since this was last asked.
  long takeSkipped() {
    long count = skipped;
    skipped = 0;
    return count;
  }
}
