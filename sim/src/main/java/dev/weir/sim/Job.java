package dev.weir.sim;

import dev.weir.balance.Lease;
import dev.weir.balance.Ticket;
import org.jspecify.annotations.Nullable;

/// One request on its way through the simulation; used again when it is done.
final class Job {
  /// Its place in the order of arrivals, and with that its identity among later uses.
  int index;

  long arrivedNanos;
  double workNanos;
  boolean retried;
  @Nullable Lease lease;
  @Nullable Ticket ticket;

  /// When it is done on its server's own clock, which runs with the work done.
  double finish;

  void reset(int newIndex, long nowNanos, double newWorkNanos) {
    index = newIndex;
    arrivedNanos = nowNanos;
    workNanos = newWorkNanos;
    retried = false;
    lease = null;
    ticket = null;
  }
}
