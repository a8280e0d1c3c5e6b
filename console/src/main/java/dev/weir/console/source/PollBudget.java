package dev.weir.console.source;

/// When to poll again, so that polling takes a small part of one core.
///
/// Each poll's CPU time is measured. Credit grows with time, at the share of a core that polling
/// may take, and each poll uses some up. Polls on time leave half of the credit to polls that an
/// event asks for.
///
/// Not thread-safe.
final class PollBudget {
  private static final int POLLS_SAVED_MAX = 8;

  private final double share;
  private final long steadyNanosMin;
  private final long soonNanos;
  private double costNanos;
  private double creditNanos;
  private long lastNanos;

  /// @param share of one core, such as .015
  /// @param steadyNanosMin the least time between two polls that no event asks for
  /// @param soonNanos the least time between two polls
  PollBudget(double share, long steadyNanosMin, long soonNanos, long nowNanos) {
    this.share = share;
    this.steadyNanosMin = steadyNanosMin;
    this.soonNanos = soonNanos;
    this.lastNanos = nowNanos;
  }

  /// Notes a poll that took so much CPU time.
  void polled(long cpuNanos, long nowNanos) {
    double most = POLLS_SAVED_MAX * Math.max(costNanos, (double) cpuNanos);
    double earned = creditNanos + (nowNanos - lastNanos) * share - cpuNanos;
    creditNanos = Math.clamp(earned, -most, most);
    costNanos = costNanos == 0 ? cpuNanos : .7 * costNanos + .3 * cpuNanos;
    lastNanos = nowNanos;
  }

  /// When the next poll is due.
  ///
  /// @param happened whether something asks for one
  long dueNanos(boolean happened) {
    double debt = Math.max(0, costNanos - creditNanos) / share;
    double wait =
        happened
            ? Math.max((double) soonNanos, debt)
            : Math.max((double) steadyNanosMin, steady(debt));
    return lastNanos + (long) wait;
  }

  private double steady(double debt) {
    return Math.max(debt, 2 * costNanos / share);
  }
}
