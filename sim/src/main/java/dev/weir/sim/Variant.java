package dev.weir.sim;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;

/// A way to balance a scenario: a policy, and the limit on what a replica has in flight.
///
/// @param policy how to choose a replica
/// @param limit how many requests a replica may have; ignored by policies other than `weir`
public record Variant(PolicySpec policy, LimitSpec limit) {
  /// The policy with learned limits.
  public static Variant of(PolicySpec policy) {
    return new Variant(policy, LimitSpec.AUTO);
  }

  /// Its name in tables, such as `weir` or `weir limit=4`.
  public String label() {
    return policy != PolicySpec.WEIR || limit.equals(LimitSpec.AUTO)
        ? policy.label()
        : policy.label() + " limit=" + limit.label();
  }

  BalancerSettings in(BalancerSettings settings) {
    return settings.with(policy).with(limit);
  }
}
