package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A line of waiting requests, first come first served, that anyone in it can leave at once.
final class WaitLine<R> {
  private @Nullable Waiter<R> first;
  private @Nullable Waiter<R> last;
  private int size;

  int size() {
    return size;
  }

  @Nullable Waiter<R> first() {
    return first;
  }

  /// Lines up at the end.
  Waiter<R> join(R request, @Nullable Replica avoid, long nowNanos) {
    var waiter = new Waiter<>(request, avoid, nowNanos, this);
    waiter.waiting = true;
    waiter.previous = last;
    if (last == null) {
      first = waiter;
    } else {
      last.next = waiter;
    }
    last = waiter;
    size++;
    return waiter;
  }

  /// Takes `waiter` out, wherever it stands.
  void leave(Waiter<R> waiter) {
    var before = waiter.previous;
    var after = waiter.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
    waiter.waiting = false;
    size--;
  }
}
