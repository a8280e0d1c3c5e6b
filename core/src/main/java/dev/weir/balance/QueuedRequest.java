package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A request in line: the ticket that the shell holds and a link of its [WaitQueue].
final class QueuedRequest<R> extends IntrusiveList.Link<QueuedRequest<R>> implements Ticket {
  final R request;

  /// The replica where the request failed before; null for a first try.
  final @Nullable Replica avoid;

  final long sinceNanos;
  final WaitQueue<R> line;
  boolean waiting;

  QueuedRequest(R request, @Nullable Replica avoid, long sinceNanos, WaitQueue<R> line) {
    this.request = request;
    this.avoid = avoid;
    this.sinceNanos = sinceNanos;
    this.line = line;
  }

  void leave() {
    line.leave(this);
  }
}
