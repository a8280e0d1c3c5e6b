package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// Chooses a replica for one request.
///
/// A policy reads the pool as it stands and allocates nothing. One that binds early answers `Queue`
/// only if the pool is empty; one that queues also while no slot is free.
@FunctionalInterface
interface PickPolicy {
  /// The choice among `pool`, which may be empty.
  Pick pick(Candidates pool, long nowNanos);

  /// A replica responded after `serviceNanos`, for policies that learn from it.
  default void responded(Replica replica, long serviceNanos, long nowNanos) {}

  /// The order whose first is picked; null for policies that draw lots.
  default @Nullable Order order() {
    return null;
  }

  /// What the policy remembers of a new replica; null for nothing.
  default @Nullable Object memory(long nowNanos) {
    return null;
  }
}
