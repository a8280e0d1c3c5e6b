package dev.weir.balance;

/// What becomes of requests while a service has no replica.
///
/// In the middle of a stop-first update, requests wait for the next replica under every policy.
/// Once there has been none for a whole queue deadline, requests are refused at once.
final class Absence {
  private final long queueDeadlineNanos;
  private boolean everHadReplica;
  private long replicaSeenNanos;

  Absence(long queueDeadlineNanos) {
    this.queueDeadlineNanos = queueDeadlineNanos;
  }

  /// The service has a replica at this instant.
  void present(long nowNanos) {
    everHadReplica = true;
    replicaSeenNanos = nowNanos;
  }

  boolean everHadReplica() {
    return everHadReplica;
  }

  /// Whether a request may wait for the next replica.
  boolean mayWait(long nowNanos) {
    return everHadReplica && nowNanos - replicaSeenNanos < queueDeadlineNanos;
  }
}
