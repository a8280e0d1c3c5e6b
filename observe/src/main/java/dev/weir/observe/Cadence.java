package dev.weir.observe;

import dev.weir.base.Checks;

/// When rounds are due: at whole multiples of a period, so that delays do not add up. A missed
/// round is skipped, because two rounds in quick succession show no more than one.
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

  /// Moves to the first due time after `nowNanos` and returns the wait for it.
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
