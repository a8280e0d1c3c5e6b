package dev.weir.balance.policy;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [LeastRequests] keeps the contract of policies and its own promises.
final class LeastRequestsTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new LeastRequests();
  }

  @Test
  void theIdlestWinsWhereverItStands() {
    assertShares(Map.of("a", 1.0, "b", 0.0, "c", 0.0), loaded("b", 2), idle("a"), loaded("c", 1));
    assertShares(Map.of("a", 1.0, "b", 0.0), idle("a"), loaded("b", 1));
    assertShares(Map.of("a", 1.0, "b", 0.0), loaded("b", 1), idle("a"));
  }

  @Test
  void tiesAreSharedAmongTheTied() {
    // Taking the first of equals would give a all of it.
    assertShares(Map.of("a", .5, "b", .5, "busy", 0.0), loaded("busy", 1), idle("a"), idle("b"));
  }
}
