package dev.weir.load.send;

import java.util.concurrent.atomic.AtomicLong;

/// Lets the requests of a schedule pass until it is closed; after that, no further ones.
///
/// Several threads ask it about one request each, in roughly the schedule's order. After closing it
/// still admits a request before one that has passed, so that the issued requests are always the
/// beginning of the schedule, without a gap.
final class ScheduleGate {
  /*
   * Closing and passing use one word, so they cannot interleave: the number of requests up to the
   * last that passed, and above it whether the gate is closed.
   */
  private static final long CLOSED = 1L << 32;

  private final AtomicLong state = new AtomicLong();

  /// Whether request `number` may be issued; the caller then does so.
  boolean pass(int number) {
    long before;
    long after;
    do {
      before = state.get();
      int count = (int) before;
      if (number < count) {
        return true;
      }
      if (isClosed(before)) {
        return false;
      }
      after = number + 1L;
    } while (!state.compareAndSet(before, after));
    return true;
  }

  /// How many requests from the schedule's first have passed, or will once they are due.
  int count() {
    return (int) state.get();
  }

  /// Closes the gate; only requests that fill a gap still pass.
  void close() {
    state.getAndUpdate(word -> word | CLOSED);
  }

  boolean isClosed() {
    return isClosed(state.get());
  }

  private static boolean isClosed(long word) {
    return (word & CLOSED) != 0;
  }
}
