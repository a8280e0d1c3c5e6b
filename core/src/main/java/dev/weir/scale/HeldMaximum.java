package dev.weir.scale;

import java.util.ArrayDeque;

/// The largest value of the last so many seconds.
///
/// Not safe for use by several threads at once.
public final class HeldMaximum {
  /*
   * A queue of values that fall from its head to its tail: one that is not above a later one can
   * never be the largest again. Each value enters and leaves once.
   */
  private final ArrayDeque<Entry> falling = new ArrayDeque<>();
  private final long holdNanos;

  /// @param holdSeconds for how long a value counts: >= 0
  public HeldMaximum(double holdSeconds) {
    this.holdNanos = Math.round(holdSeconds * 1e9);
  }

  /// The same values, each of which counts for so long from when it was noted.
  ///
  /// @param seconds >= 0
  public HeldMaximum lasting(double seconds) {
    var next = new HeldMaximum(seconds);
    next.falling.addAll(falling);
    return next;
  }

  /// Notes a value and returns the largest.
  public int note(int value, long nowNanos) {
    while (!falling.isEmpty() && falling.getLast().value <= value) {
      falling.removeLast();
    }
    falling.add(new Entry(value, nowNanos));
    return largest(nowNanos);
  }

  /// The largest value that still counts; 0 without any.
  public int largest(long nowNanos) {
    while (!falling.isEmpty() && nowNanos - falling.getFirst().atNanos > holdNanos) {
      falling.removeFirst();
    }
    return falling.isEmpty() ? 0 : falling.getFirst().value;
  }

  /// Forgets all values.
  public void forget() {
    falling.clear();
  }

  /// A value, and when it was noted.
  private record Entry(int value, long atNanos) {}
}
