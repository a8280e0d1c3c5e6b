package dev.weir.balance.policy;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The policy `weir`: takes the replica with a free slot that is expected to finish first; while
/// none is free, requests wait in one queue.
final class FastestFree extends OrderedPolicy {
  /*
   * Binding late beats every policy that binds early, because a request never waits behind a long
   * one while another replica is idle (M/G/k against k queues).
   *
   * Expected to finish first = how slow the replica is compared with the others x how many requests
   * will share a slot of it. A replica with an open limit counts as one slot: how many it can work on
   * is unknown, and a replica that seems free would draw everything. This is least-requests with the
   * speed added.
   *
   * Among equals the one with the least load is taken, so that a knee learned too high does little
   * harm, and among those the one picked longest ago.
   */
  private final IntSupplier openShare;

  /// @param openShare the most that a replica with an open limit may have in flight; asked for each
  ///   pick
  FastestFree(IntSupplier openShare) {
    this.openShare = openShare;
  }

  @Override
  public boolean isBefore(Candidate one, Candidate other) {
    boolean free = one.hasFreeSlot();
    if (free != other.hasFreeSlot()) {
      return free;
    }
    double score = one.score();
    double otherScore = other.score();
    if (score != otherScore) {
      return score < otherScore;
    }
    double load = one.load();
    double otherLoad = other.load();
    return load == otherLoad ? Turn.isBefore(one, other) : load < otherLoad;
  }

  @Override
  public <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    if (pool.isEmpty()) {
      return null;
    }
    C best = pool.best(this);
    if (!best.hasFreeSlot()) {
      return null;
    }
    return best.hasOpenLimit() && isSaturated(best) ? unsaturated(pool, best) : take(best);
  }

  /// The best replica with room; if all are open, the best of all.
  private <C extends Candidate> @Nullable C unsaturated(Candidates<C> pool, C best) {
    @Nullable C found = null;
    boolean anyClosed = false;
    for (int i = 0; i < pool.size(); i++) {
      C one = pool.at(i);
      boolean open = one.hasOpenLimit();
      anyClosed |= !open;
      boolean hasRoom = one.hasFreeSlot() && !(open && isSaturated(one));
      if (hasRoom && (found == null || isBefore(one, found))) {
        found = one;
      }
    }
    if (found != null) {
      return take(found);
    }
    return anyClosed ? null : take(best);
  }

  /*
   * Among replicas with closed limits an open one would get every request that finds the others
   * full. It gets what least-requests would give it: its share of all requests in flight and
   * waiting.
   */
  private boolean isSaturated(Candidate open) {
    return open.inFlight() >= openShare.getAsInt();
  }
}
