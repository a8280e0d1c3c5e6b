package dev.weir.sim;

import dev.weir.balance.Lease;
import dev.weir.balance.Ticket;
import org.jspecify.annotations.Nullable;

/// One request on its way through the simulation; used again when it is done.
final class Job {
  /// How a server was done with a request.
  enum End {
    /// It worked on it and responded.
    RESPONDED,
    /// It responded with an error.
    ERRED,
    /// It went down.
    FAILED
  }

  /// Its place in the order of arrivals, and with that its identity among later uses.
  int index;

  long arrivedNanos;
  double workNanos;
  boolean retried;
  End end = End.RESPONDED;
  @Nullable Lease lease;
  @Nullable Ticket ticket;

  /// The work of it that the server does which has it now.
  double stageNanos;

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
