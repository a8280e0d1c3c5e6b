package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A queue of waiting requests, first come first served, but for requests that are late: these can
/// be made to go behind the others. A request can leave it from any place. Everything takes
/// constant time.
///
/// @param <R> the shell's own kind of request
public final class WaitQueue<R> {
  /*
   * Late requests are the oldest ones, so they are the head of the line: each moves to a second line
   * once, in order. When a service falls behind, first come first served makes every request late,
   * each by the same; serving those first that can still be on time keeps most promises and lets few
   * wait long. That is what LIFO under overload does (Maurer, "Fail at scale", ACM Queue 2015)
   * without turning the order of requests that are on time around.
   */
  private final IntrusiveList<QueuedRequest<R>> onTime = new IntrusiveList<>();
  private final IntrusiveList<QueuedRequest<R>> late = new IntrusiveList<>();
  private long lateAfterNanos = Long.MAX_VALUE;
  private int size;

  /// How many wait.
  public int size() {
    return size;
  }

  /// From now on, a request that has waited for so long is late; [Long#MAX_VALUE] for never.
  public void lateAfter(long nanos) {
    lateAfterNanos = nanos;
  }

  /// The request that has waited longest; null if none waits.
  public @Nullable QueuedRequest<R> oldest() {
    QueuedRequest<R> first = late.first();
    return first == null ? onTime.first() : first;
  }

  /// How long the one has waited that waits longest; 0 if none waits.
  public long longestNanos(long nowNanos) {
    QueuedRequest<R> oldest = oldest();
    return oldest == null ? 0 : Math.max(0, nowNanos - oldest.sinceNanos);
  }

  /// The request to serve next; null if none waits.
  public @Nullable QueuedRequest<R> next(long nowNanos) {
    var head = onTime.first();
    while (head != null && nowNanos - head.sinceNanos > lateAfterNanos) {
      onTime.leave(head);
      head.late = true;
      late.join(head);
      head = onTime.first();
    }
    return head == null ? late.first() : head;
  }

  /// Adds a request at the end.
  public QueuedRequest<R> join(R request, @Nullable Replica avoid, long nowNanos) {
    var entry = new QueuedRequest<>(request, avoid, nowNanos, this);
    entry.waiting = true;
    onTime.join(entry);
    size++;
    return entry;
  }

  /// Removes `entry` from any position.
  public void leave(QueuedRequest<R> entry) {
    (entry.late ? late : onTime).leave(entry);
    entry.waiting = false;
    size--;
  }
}
