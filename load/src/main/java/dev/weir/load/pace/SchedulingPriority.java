package dev.weir.load.pace;

import java.util.function.BooleanSupplier;

/// Has a thread that keeps appointments run before all others, as long as it can keep them.
///
/// Not thread-safe: used by the thread it is about.
final class SchedulingPriority {
  /*
   * A thread that is behind its schedule never sleeps. Run before all others, it then takes its
   * processor from the very server and reader it waits for, and on a machine with as many
   * processors as there are senders other threads only get the 5 % that the kernel keeps
   * back. What it sends is late anyway, so it gives its priority up until it has caught up. A
   * burst is no reason: one that is over within the bound does no harm.
   */
  static final long BEHIND_NANOS_MAX = 100_000_000L;

  private final BooleanSupplier taking;
  private final BooleanSupplier givingUp;
  private boolean held;
  private boolean givenUp;
  private boolean behind;
  private long behindSinceNanos;

  /// Priority by the scheduling class of the calling thread.
  SchedulingPriority() {
    this(RealTimeScheduling::request, RealTimeScheduling::release);
  }

  /// Priority that is taken and given up by these, which say whether they could.
  SchedulingPriority(BooleanSupplier taking, BooleanSupplier givingUp) {
    this.taking = taking;
    this.givingUp = givingUp;
  }

  /// Takes priority, if it is granted.
  void take() {
    held = taking.getAsBoolean();
  }

  /// The thread turns to what is due at `dueNanos`.
  void next(long dueNanos, long nowNanos) {
    if (nowNanos - dueNanos <= 0) {
      behind = false;
      if (givenUp) {
        givenUp = false;
        take();
      }
    } else if (!behind) {
      behind = true;
      behindSinceNanos = nowNanos;
    } else if (held && nowNanos - behindSinceNanos > BEHIND_NANOS_MAX) {
      held = false;
      givenUp = givingUp.getAsBoolean();
    }
  }
}
