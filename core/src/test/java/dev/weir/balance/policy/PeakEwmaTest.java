package dev.weir.balance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [PeakEwma] keeps the contract of policies and its own promises.
final class PeakEwmaTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new PeakEwma(random);
  }

  @Test
  void theSlowLoseToTheFast() {
    assertShares(Map.of("fast", 1.0, "slow", 0.0), seen("slow", 100), seen("fast", 10));
    assertShares(Map.of("fast", 1.0, "slow", 0.0), seen("fast", 10), seen("slow", 100));
  }

  @Test
  void aPeakCountsAtOnceAndFadesSlowly() {
    FakeCandidate replica = seen("a", 10);
    var policy = new PeakEwma(new SplittableRandom(1));
    policy.responded(replica, 500_000_000L, 1);
    policy.responded(replica, 10_000_000L, 1_000_000_000L);
    assertThat(policy.pick(pool(replica, seen("b", 400)), 1_000_000_000L))
        .satisfies(picked -> assertThat(picked.id()).isEqualTo("b"));
    assertThat(policy.pick(pool(replica, seen("b", 600)), 1_000_000_000L)).isSameAs(replica);
  }

  @Test
  void aFreshReplicaGetsOneRequestAndNoStampede() {
    assertShares(Map.of("fresh", 1.0), seen("known", 10), idle("fresh"));
    assertShares(Map.of("fresh", 0.0, "known", 1.0), seen("known", 10), loaded("fresh", 1));
  }

  private FakeCandidate seen(String id, long millis) {
    FakeCandidate replica = idle(id);
    new PeakEwma(new SplittableRandom(1)).responded(replica, millis * 1_000_000, 0);
    return replica;
  }
}
