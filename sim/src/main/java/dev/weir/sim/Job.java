package dev.weir.sim;

import dev.weir.balance.Lease;
import dev.weir.balance.Ticket;
import org.jspecify.annotations.Nullable;

/// One request in the simulation; the object is reused afterwards.
final class Job {
  /// How a server finished a request.
  enum End {
    /// It did the work and responded.
    RESPONDED,
    /// It responded with an error.
    ERRED,
    /// It went down.
    FAILED
  }

  /// Its place in the order of arrivals, which also identifies it among reuses.
  int index;

  long arrivedNanos;
  double workNanos;
  boolean retried;
  End end = End.RESPONDED;
  @Nullable Lease lease;
  @Nullable Ticket ticket;

  /// Its work at its present server.
  double stageNanos;

  /// Its end on its server's own clock, which counts the work done.
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
