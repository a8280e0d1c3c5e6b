package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A request in line: the ticket that the shell holds and a link of its [WaitQueue].
///
/// @param <R> the shell's own kind of request
public final class QueuedRequest<R> extends IntrusiveList.Link<QueuedRequest<R>> implements Ticket {
  final R request;

  /// The replica where the request failed before; null for a first try.
  final @Nullable Replica avoid;

  final long sinceNanos;
  final WaitQueue<R> line;
  boolean waiting;

  /// Whether it stands among the late.
  boolean late;

  QueuedRequest(R request, @Nullable Replica avoid, long sinceNanos, WaitQueue<R> line) {
    this.request = request;
    this.avoid = avoid;
    this.sinceNanos = sinceNanos;
    this.line = line;
  }

  /// The request.
  public R request() {
    return request;
  }

  /// When it joined the line, in nanoseconds of the balancer's clock.
  public long sinceNanos() {
    return sinceNanos;
  }

  void leave() {
    line.leave(this);
  }
}
