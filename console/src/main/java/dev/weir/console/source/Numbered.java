package dev.weir.console.source;

import java.util.ArrayDeque;
import java.util.List;

/// The newest of what happened, each with a number that grows as long as the process runs.
/// Thread-safe.
final class Numbered<T> {
  private final int most;
  private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
  private long next = 1;

  /// @param most how many are kept
  Numbered(int most) {
    this.most = most;
  }

  /// @param number its number, from 1
  record Entry<T>(long number, T value) {}

  synchronized void add(T value) {
    entries.addLast(new Entry<>(next++, value));
    if (entries.size() > most) {
      entries.removeFirst();
    }
  }

  /// All that are kept, the oldest first.
  synchronized List<Entry<T>> all() {
    return List.copyOf(entries);
  }
}
