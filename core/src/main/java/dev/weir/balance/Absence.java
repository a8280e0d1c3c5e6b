package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// What becomes of requests while a service has no replica.
///
/// In the middle of a stop-first update, requests wait for the next replica under every policy.
/// Once there has been none for a whole queue deadline, requests are refused at once. A service
/// that rests without replicas never refuses for that: see [ColdRule].
final class Absence {
  private final long queueDeadlineNanos;
  private ColdRule rule = ColdRule.NONE;
  private boolean everHadReplica;
  private long replicaSeenNanos;

  Absence(long queueDeadlineNanos) {
    this.queueDeadlineNanos = queueDeadlineNanos;
  }

  void rule(ColdRule now) {
    rule = now;
  }

  boolean isFailed() {
    return rule.startsFromZero() && rule.isFailed();
  }

  /// The service has a replica at this instant.
  void present(long nowNanos) {
    everHadReplica = true;
    replicaSeenNanos = nowNanos;
    rule = rule.started();
  }

  boolean everHadReplica() {
    return everHadReplica;
  }

  /// Why a request may not wait for the next replica; null if it may.
  @Nullable Refusal refusal(long nowNanos) {
    if (rule.startsFromZero()) {
      return rule.isFailed() ? Refusal.START_FAILED : null;
    }
    boolean mayWait = everHadReplica && nowNanos - replicaSeenNanos < queueDeadlineNanos;
    return mayWait ? null : Refusal.NO_REPLICA;
  }

  /// How long a request may wait for the next replica.
  long waitNanosMax() {
    return rule.startsFromZero()
        ? Math.min(rule.holdNanos(), queueDeadlineNanos)
        : queueDeadlineNanos;
  }
}
