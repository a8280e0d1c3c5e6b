package dev.weir.balance;

/// A slot of a replica, taken for one request and ended exactly once with its [Outcome].
public final class Lease extends IntrusiveList.Link<Lease> implements Admission {
  private final Replica replica;
  private final long startNanos;
  private final double attainedNanos;
  private boolean ended;

  Lease(Replica replica, long startNanos, double attainedNanos) {
    this.replica = replica;
    this.startNanos = startNanos;
    this.attainedNanos = attainedNanos;
  }

  /// The replica that has the slot.
  public Replica replica() {
    return replica;
  }

  /// When it was taken.
  public long startNanos() {
    return startNanos;
  }

  /// The work that the replica had given to each request when this lease began.
  double attainedNanos() {
    return attainedNanos;
  }

  void end() {
    if (ended) {
      throw new IllegalStateException("lease ended twice");
    }
    ended = true;
  }
}
