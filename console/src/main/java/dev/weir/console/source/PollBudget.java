package dev.weir.console.source;

/// When to poll again, so that polling takes a small part of one core.
///
/// Each poll's CPU time is measured. Credit grows with time, at the share of a core that polling
/// may take, and each poll uses some up. Polls on time leave half of the credit to polls that an
/// event asks for. No wait is longer than ten seconds.
///
/// Not thread-safe.
final class PollBudget {
  private static final int POLLS_SAVED_MAX = 8;

  /// The first polls run code that is not compiled yet. At their cost the next would wait for half
  /// a minute, so they count as cheap.
  private static final int COLD_POLLS = 10;

  private static final double COLD_NANOS_MAX = 4e6;
  private static final double WAIT_NANOS_MAX = 10e9;

  private final double share;
  private final long steadyNanosMin;
  private final long soonNanos;
  private double costNanos;
  private double creditNanos;
  private long lastNanos;
  private int polls;

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
    polls++;
    double cost = polls > COLD_POLLS ? cpuNanos : Math.min(COLD_NANOS_MAX, (double) cpuNanos);
    double most = POLLS_SAVED_MAX * Math.max(costNanos, cost);
    double earned = creditNanos + (nowNanos - lastNanos) * share - cost;
    creditNanos = Math.clamp(earned, -most, most);
    costNanos = costNanos == 0 ? cost : .7 * costNanos + .3 * cost;
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
    return lastNanos + (long) Math.min(WAIT_NANOS_MAX, wait);
  }

  private double steady(double debt) {
    return Math.max(debt, 2 * costNanos / share);
  }
}
