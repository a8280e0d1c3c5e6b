package dev.weir.balance;

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
    Replica replica = seen("a", 10);
    var policy = new PeakEwma(new SplittableRandom(1));
    policy.answered(replica, 500_000_000L, 1);
    assertThat(replica.peakNanos).isEqualTo(500_000_000.0);
    policy.answered(replica, 10_000_000L, 1_000_000_000L);
    assertThat(replica.peakNanos).isBetween(400_000_000.0, 480_000_000.0);
  }

  @Test
  void aFreshReplicaGetsOneRequestAndNoStampede() {
    Replica fresh = idle("fresh");
    assertShares(Map.of("fresh", 1.0), seen("known", 10), fresh);
    fresh.inFlight = 1;
    assertShares(Map.of("fresh", 0.0, "known", 1.0), seen("known", 10), fresh);
  }

  private static Replica seen(String id, long millis) {
    Replica replica = idle(id);
    replica.peakNanos = millis * 1e6;
    return replica;
  }
}
