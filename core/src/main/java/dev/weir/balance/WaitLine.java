package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A line of waiting requests, first come first served, that anyone in it can leave at once.
final class WaitLine<R> {
  private final Chain<Waiter<R>> waiters = new Chain<>();
  private int size;

  int size() {
    return size;
  }

  @Nullable Waiter<R> first() {
    return waiters.first();
  }

  /// Lines up at the end.
  Waiter<R> join(R request, @Nullable Replica avoid, long nowNanos) {
    var waiter = new Waiter<>(request, avoid, nowNanos, this);
    waiter.waiting = true;
    waiters.join(waiter);
    size++;
    return waiter;
  }

  /// Takes `waiter` out, wherever it stands.
  void leave(Waiter<R> waiter) {
    waiters.leave(waiter);
    waiter.waiting = false;
    size--;
  }
}
