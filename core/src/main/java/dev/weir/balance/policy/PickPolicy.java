package dev.weir.balance.policy;

import org.jspecify.annotations.Nullable;

/// Chooses a replica for one request.
///
/// A policy reads the pool in place and allocates nothing. A policy that binds early makes a
/// request wait only if the pool is empty; one that queues also while no slot is free.
public interface PickPolicy {
  /// The choice among `pool`, which may be empty; null to let the request wait.
  <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos);

  /// A replica responded after `serviceNanos`, for policies that learn from it.
  default void responded(Candidate replica, long serviceNanos, long nowNanos) {}

  /// The order by which the policy picks the first; null for policies that draw at random.
  default @Nullable Order order() {
    return null;
  }

  /// The policy's state of a new replica.
  default PickState newState(long nowNanos) {
    return PickState.NONE;
  }
}
