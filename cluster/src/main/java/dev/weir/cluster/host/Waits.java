package dev.weir.cluster.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How long something takes, and pauses between two looks; a test moves the time itself.
public interface Waits {
  /// Real time.
  Waits REAL =
      new Waits() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pass(Duration time) {
          LockSupport.parkNanos(time.toNanos());
        }
      };

  /// The time, in nanoseconds; only differences have a meaning.
  long nanos();

  /// Lets time pass.
  void pass(Duration time);

  /// Looks until it is so, at most for `limit`, with a pause after each look.
  ///
  /// @return whether it came to be so
  default <E extends Exception> boolean until(Duration limit, Duration pause, Look<E> look)
      throws E {
    long endNanos = nanos() + limit.toNanos();
    while (!look.isSo()) {
      if (nanos() - endNanos >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pass(pause);
    }
    return true;
  }

  /// One look at something.
  ///
  /// @param <E> how a look can fail
  @FunctionalInterface
  interface Look<E extends Exception> {
    /// Whether it is so now.
    boolean isSo() throws E;
  }
}
