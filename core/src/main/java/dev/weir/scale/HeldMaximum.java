package dev.weir.scale;

import java.util.ArrayDeque;

/// The largest value of the last so many seconds.
final class HeldMaximum {
  /*
   * A queue of values that fall from its head to its tail: one that is not above a later one can
   * never be the largest again. Each value enters and leaves once.
   */
  private final ArrayDeque<Entry> falling = new ArrayDeque<>();
  private final long holdNanos;

  HeldMaximum(double holdSeconds) {
    this.holdNanos = Math.round(holdSeconds * 1e9);
  }

  /// Notes a value and returns the largest.
  int note(int value, long nowNanos) {
    while (!falling.isEmpty() && falling.getLast().value <= value) {
      falling.removeLast();
    }
    falling.add(new Entry(value, nowNanos));
    while (nowNanos - falling.getFirst().atNanos > holdNanos) {
      falling.removeFirst();
    }
    return falling.getFirst().value;
  }

  void forget() {
    falling.clear();
  }

  /// A value, and when it was noted.
  private record Entry(int value, long atNanos) {}
}
