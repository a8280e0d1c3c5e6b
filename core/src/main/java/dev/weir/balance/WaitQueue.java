package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A queue of waiting requests, first come first served. A request can leave it from any place, in
/// constant time.
final class WaitQueue<R> {
  private final IntrusiveList<QueuedRequest<R>> entries = new IntrusiveList<>();
  private int size;

  int size() {
    return size;
  }

  @Nullable QueuedRequest<R> first() {
    return entries.first();
  }

  /// Adds a request at the end.
  QueuedRequest<R> join(R request, @Nullable Replica avoid, long nowNanos) {
    var entry = new QueuedRequest<>(request, avoid, nowNanos, this);
    entry.waiting = true;
    entries.join(entry);
    size++;
    return entry;
  }

  /// Removes `entry` from any position.
  void leave(QueuedRequest<R> entry) {
    entries.leave(entry);
    entry.waiting = false;
    size--;
  }
}
