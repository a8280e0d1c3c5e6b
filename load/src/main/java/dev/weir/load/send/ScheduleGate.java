package dev.weir.load.send;

import java.util.concurrent.atomic.AtomicLong;

/// Lets the requests of a schedule pass, until it is closed; then none after the last that passed.
///
/// Several threads ask it about one request each, in about the schedule's order. When it is closed,
/// a request before one that has passed is still let through, so that what was issued is always the
/// schedule's beginning, without a hole.
final class ScheduleGate {
  /*
   * One word, so that closing and passing cannot cross: the count of requests up to the last that
   * passed, and above it whether the gate is closed.
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

  /// How many requests from the schedule's first have passed, or have to once they are due.
  int count() {
    return (int) state.get();
  }

  /// Lets no more pass than are needed to leave no hole.
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
