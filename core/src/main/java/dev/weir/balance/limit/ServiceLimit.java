package dev.weir.balance.limit;

import java.util.List;

/// How many requests a service may have in flight altogether. It is learned like a replica's limit,
/// from all completions of its replicas together.
///
/// A database behind all replicas is invisible at a single one: a replica with more requests
/// completes more, at the others' cost.
final class ServiceLimit {
  private final KneePool pool;
  private final LimitLearner learner;
  private int inFlight;
  private long levelSinceNanos;

  ServiceLimit(long nowNanos) {
    pool = new KneePool(1, List.of(), nowNanos);
    learner = new LimitLearner(pool, Integer.MAX_VALUE, nowNanos);
    levelSinceNanos = nowNanos;
  }

  /// Whether more requests should wait.
  boolean isFull() {
    return inFlight >= learner.slots();
  }

  void begins(long nowNanos) {
    spend(nowNanos);
    inFlight++;
  }

  /// A request ended; `completed` if a replica did its work.
  void ends(boolean completed, long nowNanos) {
    spend(nowNanos);
    learner.ended(inFlight, completed);
    inFlight--;
  }

  /// See [KneePool#variability].
  void variability(double workScv) {
    pool.variability(workScv);
  }

  void shape(boolean waived, long nowNanos) {
    learner.shape(waived, 1, nowNanos);
  }

  /// The replicas changed, so their common evidence is void.
  void restart(long nowNanos) {
    spend(nowNanos);
    pool.restart(nowNanos);
  }

  boolean isDue(long nowNanos) {
    return pool.isWindowOver(nowNanos);
  }

  void review(long nowNanos) {
    spend(nowNanos);
    pool.review(nowNanos);
  }

  /// Why it is closed; empty while it is open.
  String why(long nowNanos) {
    return learner.isOpen() ? "" : "; the service as a whole is " + learner.why(nowNanos);
  }

  private void spend(long nowNanos) {
    long elapsedNanos = nowNanos - levelSinceNanos;
    if (elapsedNanos <= 0) {
      return;
    }
    levelSinceNanos = nowNanos;
    if (inFlight > 0) {
      learner.spent(inFlight, elapsedNanos);
    }
  }
}
