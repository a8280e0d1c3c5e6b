package dev.weir.balance;

import dev.weir.balance.limit.Limit;
import dev.weir.balance.limit.Limits;
import dev.weir.balance.policy.PickPolicy;

/// The replicas that join a service, with the limit and the slow start that its settings ask for.
final class Newcomers {
  private final BalancerSettings settings;
  private final PickPolicy policy;
  private final Limits limits;
  private final Absence absence;

  Newcomers(BalancerSettings settings, PickPolicy policy, Limits limits, Absence absence) {
    this.settings = settings;
    this.policy = policy;
    this.limits = limits;
    this.absence = absence;
  }

  /// A replica that joins now. The first ones of a service do not start slowly: there is no other.
  Replica replica(ReplicaSpec spec, long nowNanos) {
    var replica =
        new Replica(spec, settings, limit(spec, nowNanos), policy.newState(nowNanos), nowNanos);
    if (absence.everHadReplica()) {
      replica.warmUp(nowNanos, settings.slowStartNanos());
    }
    return replica;
  }

  private Limit limit(ReplicaSpec spec, long nowNanos) {
    return switch (settings.limitInForce()) {
      case LimitSpec.Off() -> new Limit.None(nowNanos);
      case LimitSpec.Fixed(int slots) -> new Limit.Fixed(slots, nowNanos);
      case LimitSpec.Auto() -> limits.learned(spec.cores(), nowNanos);
    };
  }
}
