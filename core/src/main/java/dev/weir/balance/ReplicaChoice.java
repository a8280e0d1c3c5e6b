package dev.weir.balance;

import dev.weir.balance.limit.Limits;
import dev.weir.balance.policy.Candidates;
import dev.weir.balance.policy.PickPolicy;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses the replica for a request: by the service's policy, but a new replica gets less than its
/// share at first.
final class ReplicaChoice {
  /// The least share of its requests that a new replica gets, to warm it up.
  private static final double WARMTH_MIN = 0.1;

  private final PickPolicy policy;
  private final Membership members;
  private final Limits limits;
  private final RandomGenerator random;

  ReplicaChoice(PickPolicy policy, Membership members, Limits limits, RandomGenerator random) {
    this.policy = policy;
    this.members = members;
    this.limits = limits;
    this.random = random;
  }

  /// The replica for a request; null if it has to wait.
  ///
  /// @param avoid where the request failed before; null for a first try
  @Nullable Replica pick(@Nullable Replica avoid, long nowNanos) {
    if (limits.isServiceFull()) {
      return null;
    }
    Candidates<Replica> pool = avoid == null ? members.pool() : members.poolWithout(avoid);
    Replica first = policy.pick(pool, nowNanos);
    if (avoid != null || first == null || !isSpared(first, nowNanos)) {
      return first;
    }
    members.changed(first); // the policy gave it a turn
    Replica other = policy.pick(members.othersThan(first), nowNanos);
    return other == null ? first : other;
  }

  /*
   * A replica that has just started is slow until its code is compiled and its caches are filled. A
   * part of its requests, at first nearly all, goes to other replicas. None goes to the queue,
   * where it would wait longer than the slowest start takes.
   */
  private boolean isSpared(Replica replica, long nowNanos) {
    double warmth = replica.warmth(nowNanos);
    return warmth < 1 && random.nextDouble() >= Math.max(WARMTH_MIN, warmth);
  }
}
