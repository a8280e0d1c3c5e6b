package dev.weir.balance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [FastestFree] keeps the contract of policies and its own promises.
final class FastestFreeTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new FastestFree(() -> Integer.MAX_VALUE);
  }

  @Test
  void aReplicaWithoutAFreeSlotIsPassedOver() {
    assertShares(Map.of("a", 1.0, "full", 0.0), candidate("full", 1, 1, 1), idle("a"));
  }

  @Test
  void withoutAFreeSlotTheRequestWaits() {
    Candidates<FakeCandidate> pool = pool(candidate("a", 1, 1, 1), candidate("b", 1, 1, 1));
    assertThat(policy(new SplittableRandom(1)).pick(pool, 0)).isNull();
  }

  @Test
  void anOpenReplicaAmongFullOnesGetsItsShareOnly() {
    var policy = new FastestFree(() -> 3);
    assertThat(policy.pick(pool(candidate("full", 1, 1, 1), loaded("open", 3)), 0)).isNull();
    FakeCandidate open = loaded("open", 2);
    assertThat(policy.pick(pool(candidate("full", 1, 1, 1), open), 0)).isSameAs(open);
  }

  /// The fastest has its share already and a slower one is idle: the slower one is taken.
  @Test
  void aSlowerReplicaWithRoomIsTaken() {
    var policy = new FastestFree(() -> 1);
    FakeCandidate idle = candidate("idle", 0, Integer.MAX_VALUE, 4);
    assertThat(policy.pick(pool(candidate("fast", 1, Integer.MAX_VALUE, 1), idle), 0))
        .isSameAs(idle);
    FakeCandidate busy = loaded("busy", 3);
    assertThat(policy.pick(pool(busy), 0)).isSameAs(busy);
  }
}
