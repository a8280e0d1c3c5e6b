package dev.weir.swarm.follow;

import dev.weir.base.Checks;

/// How often to ask for tasks: four times a second, and twenty times a second for fifteen seconds
/// after an event of a service or a machine.
///
/// Not thread-safe.
final class PollInterval {
  /*
   * The Engine has no events of tasks. After events of services and machines, tasks change soon and
   * often; other ends of tasks come without notice. Measured on a real swarm, 250 ms lose no
   * request in rolling updates, 5 s lose one in a hundred, 15 s one in four.
   */
  private static final long STEADY_NANOS = 250_000_000L;
  private static final long BUSY_NANOS = 50_000_000L;
  private static final long BUSY_FOR_NANOS = 15_000_000_000L;

  private final long steadyNanos;
  private final long busyNanos;
  private boolean busy;
  private long eventNanos;

  private PollInterval(long steadyNanos, long busyNanos) {
    this.steadyNanos = steadyNanos;
    this.busyNanos = busyNanos;
  }

  /// The interval described above.
  static PollInterval standard() {
    return new PollInterval(STEADY_NANOS, BUSY_NANOS);
  }

  /// A constant interval.
  static PollInterval fixed(long nanos) {
    Checks.atLeast(1L, nanos, "--poll-interval");
    return new PollInterval(nanos, nanos);
  }

  /// Notes an event.
  void event(long nowNanos) {
    busy = true;
    eventNanos = nowNanos;
  }

  /// When the next poll is due if the last one began at `lastNanos`.
  long dueNanos(long lastNanos, long nowNanos) {
    if (busy && nowNanos - eventNanos >= BUSY_FOR_NANOS) {
      busy = false;
    }
    return lastNanos + (busy ? busyNanos : steadyNanos);
  }
}
