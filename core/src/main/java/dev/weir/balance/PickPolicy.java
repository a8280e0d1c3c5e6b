package dev.weir.balance;

/// Chooses a replica for one request.
///
/// A policy reads the pool as it stands and allocates nothing. One that binds early answers `Queue`
/// only if the pool is empty; one that queues also while no slot is free.
@FunctionalInterface
interface PickPolicy {
  /// The choice among `pool`, which may be empty.
  Pick pick(Pool pool, long nowNanos);

  /// A replica answered after `serviceNanos`, for policies that learn from it.
  default void answered(Replica replica, long serviceNanos, long nowNanos) {}
}
