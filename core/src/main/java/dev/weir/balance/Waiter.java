package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A request in line: the ticket that the shell holds and a link of its [WaitLine].
final class Waiter<R> extends Chain.Link<Waiter<R>> implements Ticket {
  final R request;

  /// Who failed it before; null for a first try.
  final @Nullable Replica avoid;

  final long sinceNanos;
  final WaitLine<R> line;
  boolean waiting;

  Waiter(R request, @Nullable Replica avoid, long sinceNanos, WaitLine<R> line) {
    this.request = request;
    this.avoid = avoid;
    this.sinceNanos = sinceNanos;
    this.line = line;
  }

  void leave() {
    line.leave(this);
  }
}
