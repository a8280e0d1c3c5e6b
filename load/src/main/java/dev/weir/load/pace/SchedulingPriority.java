package dev.weir.load.pace;

import java.util.function.BooleanSupplier;

/// Gives a thread with a schedule priority over all others, as long as it is on time.
///
/// Not thread-safe: only that thread uses it.
final class SchedulingPriority {
  /*
   * A thread behind its schedule never sleeps. With priority it would take the processor from the
   * very server and reader it waits for. If the machine has only as many processors as senders,
   * other threads would get no more than the 5 % that the kernel reserves. Its sends are late
   * anyway, so it gives up its priority until it has caught up. Short bursts within the bound do no
   * harm.
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

  /// Priority that these actions take and give up; each returns whether it could.
  SchedulingPriority(BooleanSupplier taking, BooleanSupplier givingUp) {
    this.taking = taking;
    this.givingUp = givingUp;
  }

  /// Takes priority, if granted.
  void take() {
    held = taking.getAsBoolean();
  }

  /// The thread is about to wait for `dueNanos`.
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
