package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [FastestFree] keeps the contract of policies and its own promises.
final class FastestFreeTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new FastestFree(work);
  }

  @Test
  void whoHasNoFreeSlotIsNotTaken() {
    assertShares(Map.of("a", 1.0, "full", 0.0), loaded("full", 1), idle("a"));
  }

  @Test
  void nobodyFreeMeansWaiting() {
    assertThat(new FastestFree(work).pick(pool(loaded("a", 1), loaded("b", 1)), 0))
        .isSameAs(Pick.QUEUE);
  }

  @Test
  void theFasterOfTheFreeIsTaken() {
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("slow", 25), paced("fast", 10));
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("fast", 10), paced("slow", 25));
  }

  @Test
  void nearlyEqualPacesCountAsEqual() {
    assertShares(Map.of("a", .5, "b", .5), paced("a", 10), paced("b", 11));
  }

  @Test
  void oneThatWasSlowIsTriedAgainAfterAWhile() {
    Replica slow = paced("slow", 15);
    Replica fast = paced("fast", 10);
    PickPolicy policy = new FastestFree(work);
    assertThat(policy.pick(pool(slow, fast), 0)).isSameAs(fast.to);
    long laterNanos = 120_000_000_000L;
    for (int i = 0; i < 100; i++) {
      fast.pace.note(10e6, laterNanos);
    }
    policy.pick(pool(fast), laterNanos);
    assertThat(policy.pick(pool(slow, fast), laterNanos)).isSameAs(slow.to);
  }

  private Replica paced(String id, int millis) {
    Replica replica = idle(id);
    for (int i = 0; i < 100; i++) {
      replica.pace.note(millis * 1e6, 0);
      work.note(10e6, 10e6);
    }
    return replica;
  }
}
