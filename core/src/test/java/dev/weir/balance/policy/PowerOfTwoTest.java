package dev.weir.balance.policy;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [PowerOfTwo] keeps the contract of policies and its own promises.
final class PowerOfTwoTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new PowerOfTwo(random);
  }

  @Test
  void theBusiestNeverWins() {
    // Two distinct draws of three: the busy one always meets an idler one. With replacement it
    // would get one in nine.
    assertShares(Map.of("a", .5, "b", .5, "busy", 0.0), idle("a"), idle("b"), loaded("busy", 3));
  }

  @Test
  void bothOrdersGiveTheSame() {
    assertShares(Map.of("a", 1.0, "busy", 0.0), loaded("busy", 1), idle("a"));
    assertShares(Map.of("a", 1.0, "busy", 0.0), idle("a"), loaded("busy", 1));
  }

  @Test
  void sharesFollowTheOrderOfLoads() {
    // a wins unless it is not drawn (1/3), and then b meets c.
    assertShares(
        Map.of("a", 2 / 3.0, "b", 1 / 3.0, "c", 0.0), loaded("b", 1), loaded("c", 2), idle("a"));
  }
}
