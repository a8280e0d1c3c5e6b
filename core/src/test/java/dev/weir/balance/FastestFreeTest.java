package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [FastestFree] keeps the contract of policies and its own promises.
final class FastestFreeTest extends PickPolicyContract {
  private static final Limit ONE = new Limit.Fixed(1, 0);

  @Override
  PickPolicy policy(RandomGenerator random) {
    return new FastestFree(() -> Integer.MAX_VALUE);
  }

  @Test
  void whoHasNoFreeSlotIsNotTaken() {
    assertShares(Map.of("a", 1.0, "full", 0.0), loaded("full", 1, ONE), idle("a"));
  }

  @Test
  void nobodyFreeMeansWaiting() {
    Candidates pool = pool(loaded("a", 1, ONE), loaded("b", 1, ONE));
    assertThat(policy(RandomGenerator.getDefault()).pick(pool, 0)).isSameAs(Pick.QUEUE);
  }

  @Test
  void theFasterOfTheFreeIsTaken() {
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("slow", 25, 0), paced("fast", 10, 0));
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("fast", 10, 0), paced("slow", 25, 0));
  }

  @Test
  void nearlyEqualPacesCountAsEqual() {
    assertShares(Map.of("a", .5, "b", .5), paced("a", 10, 0), paced("b", 11, 0));
  }

  /// Nobody knows how many requests an open replica can work on, so load decides as with
  /// least-requests: a fast one does not draw everything.
  @Test
  void openReplicasAreTakenByLoad() {
    assertShares(Map.of("idle", 1.0, "busy", 0.0), paced("busy", 10, 3), paced("idle", 20, 0));
    assertShares(Map.of("slow", 0.0, "busy", 1.0), paced("busy", 10, 1), paced("slow", 30, 1));
  }

  @Test
  void anOpenReplicaAmongFullOnesGetsItsShareOnly() {
    var policy = new FastestFree(() -> 3);
    assertThat(policy.pick(pool(loaded("full", 1, ONE), loaded("open", 3)), 0))
        .isSameAs(Pick.QUEUE);
    Replica open = loaded("open", 2);
    assertThat(policy.pick(pool(loaded("full", 1, ONE), open), 0)).isSameAs(open.to());
  }

  /// The fastest has its share already, but a slower one is idle: nobody waits.
  @Test
  void whoHasRoomIsTakenThoughItBeSlower() {
    var policy = new FastestFree(() -> 1);
    Replica idle = paced("idle", 40, 0);
    assertThat(policy.pick(pool(paced("fast", 10, 1), idle), 0)).isSameAs(idle.to());
    Replica busy = loaded("busy", 3);
    assertThat(policy.pick(pool(busy), 0)).isSameAs(busy.to());
  }

  @Test
  void oneThatWasSlowIsTriedAgainAfterAWhile() {
    Replica slow = paced("slow", 15, 0);
    Replica fast = paced("fast", 10, 0);
    PickPolicy policy = policy(RandomGenerator.getDefault());
    assertThat(policy.pick(pool(slow, fast), 0)).isSameAs(fast.to());
    slow.compare(10e6, .01, 0, 120_000_000_000L);
    policy.pick(pool(fast), 1);
    assertThat(policy.pick(pool(slow, fast), 2)).isSameAs(slow.to());
  }

  /// A replica that fails at once looks idle and fast; its errors count as requests in flight.
  @Test
  void oneThatFailsFastDrawsNothing() {
    Replica failing = idle("failing");
    for (int i = 0; i < 50; i++) {
      failing.errors().note(true, 1_000_000, 50e6, 0);
    }
    failing.compare(50e6, 1, 0, 0);
    assertShares(Map.of("failing", 0.0, "busy", 1.0), failing, loaded("busy", 3));
    failing.compare(50e6, 1, 1, 0);
    assertShares(Map.of("failing", 1.0, "busy", 0.0), failing, loaded("busy", 3));
  }

  private Replica paced(String id, int millis, int inFlight) {
    Replica replica = loaded(id, inFlight);
    for (int i = 0; i < 100; i++) {
      replica.speedEstimate().note(millis * 1e6, 0);
    }
    replica.compare(10e6, .01, 0, 0);
    return replica;
  }
}
