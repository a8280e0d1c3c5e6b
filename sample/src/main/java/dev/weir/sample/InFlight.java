package dev.weir.sample;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the requests under way, so that a stopping server can wait for them.
final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int count;

  void begin() {
    change(1);
  }

  void end() {
    change(-1);
  }

  /// How many are under way.
  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until no request has been under way for all of `quiet`, at most for `grace` longer.
  ///
  /// @return whether it became quiet
  boolean awaitQuiet(Duration quiet, Duration grace) throws InterruptedException {
    long endNanos = System.nanoTime() + quiet.plus(grace).toNanos();
    lock.lock();
    try {
      long quietNanos = quiet.toNanos();
      while (quietNanos > 0) {
        long leftNanos = endNanos - System.nanoTime();
        if (leftNanos <= 0) {
          return count == 0;
        }
        if (count == 0) {
          long remaining = changed.awaitNanos(quietNanos);
          quietNanos = remaining <= 0 && count == 0 ? 0 : quiet.toNanos();
        } else {
          long _ = changed.awaitNanos(leftNanos);
          quietNanos = quiet.toNanos();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void change(int by) {
    lock.lock();
    try {
      count += by;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
