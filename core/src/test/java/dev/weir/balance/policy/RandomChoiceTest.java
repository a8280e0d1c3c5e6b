package dev.weir.balance.policy;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [RandomChoice] keeps the contract of policies and its own promises.
final class RandomChoiceTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new RandomChoice(random);
  }

  @Test
  void loadChangesNothing() {
    assertShares(Map.of("a", .5, "busy", .5), idle("a"), loaded("busy", 9));
  }
}
