package dev.weir.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets real time pass, where time itself is the subject: a slow peer, a measured interval.
///
/// The only way for a test to pass time. A test that waits for an event waits for the event itself.
public final class RealTime {
  private RealTime() {}

  /// Returns after `time`, not sooner; at once if the thread is interrupted.
  public static void pass(Duration time) {
    long untilNanos = System.nanoTime() + time.toNanos();
    long leftNanos = time.toNanos();
    while (leftNanos > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(leftNanos);
      leftNanos = untilNanos - System.nanoTime();
    }
  }
}
