package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.balance.limit.Limit;
import dev.weir.balance.policy.Candidates;
import dev.weir.balance.policy.PickPolicies;
import dev.weir.balance.policy.PickPolicy;
import dev.weir.balance.policy.PickState;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a replica has shown of its speed and its errors decides what the policy `weir` gives it.
final class ReplicaScoreTest {
  private static final int PICKS = 6_000;

  @Test
  void theFasterOfTheFreeIsTaken() {
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("slow", 25, 0), paced("fast", 10, 0));
    assertShares(Map.of("fast", 1.0, "slow", 0.0), paced("fast", 10, 0), paced("slow", 25, 0));
  }

  @Test
  void nearlyEqualPacesCountAsEqual() {
    assertShares(Map.of("a", .5, "b", .5), paced("a", 10, 0), paced("b", 11, 0));
  }

  /// How many requests an open replica can work on is unknown, so load decides as with
  /// least-requests: a fast one does not draw everything.
  @Test
  void openReplicasAreTakenByLoad() {
    assertShares(Map.of("idle", 1.0, "busy", 0.0), paced("busy", 10, 3), paced("idle", 20, 0));
    assertShares(Map.of("slow", 0.0, "busy", 1.0), paced("busy", 10, 1), paced("slow", 30, 1));
  }

  @Test
  void oneThatWasSlowIsTriedAgainAfterAWhile() {
    Replica slow = paced("slow", 15, 0);
    Replica fast = paced("fast", 10, 0);
    PickPolicy policy = policy();
    assertThat(policy.pick(pool(slow, fast), 0)).isSameAs(fast);
    slow.compare(10e6, .01, 0, 120_000_000_000L);
    policy.pick(pool(fast), 1);
    assertThat(policy.pick(pool(slow, fast), 2)).isSameAs(slow);
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

  private static Replica paced(String id, int millis, int inFlight) {
    Replica replica = loaded(id, inFlight);
    for (int i = 0; i < 100; i++) {
      replica.speedEstimate().note(millis * 1e6, 0);
    }
    replica.compare(10e6, .01, 0, 0);
    return replica;
  }

  private static void assertShares(Map<String, Double> expected, Replica... replicas) {
    PickPolicy policy = policy();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < PICKS; i++) {
      Replica picked = policy.pick(pool(replicas), i);
      assertThat(picked).isNotNull();
      counts.merge(picked.id(), 1, Integer::sum);
    }
    expected.forEach((id, share) ->
        assertThat(counts.getOrDefault(id, 0) / (double) PICKS)
            .as(id)
            .isCloseTo(share, within(share == 0 ? 0 : 0.03)));
  }

  private static PickPolicy policy() {
    return PickPolicies.fastestFree(() -> Integer.MAX_VALUE);
  }

  private static Candidates<Replica> pool(Replica... replicas) {
    var pool = new Candidates<Replica>(null);
    for (Replica replica : replicas) {
      pool.add(replica);
    }
    return pool;
  }

  private static Replica idle(String id) {
    return loaded(id, 0);
  }

  private static Replica loaded(String id, int inFlight) {
    var settings = BalancerSettings.of(PolicySpec.WEIR);
    PickState state = policy().newState(0);
    var replica = new Replica(new ReplicaSpec(id, 1), settings, new Limit.None(0), state, 0);
    for (int i = 0; i < inFlight; i++) {
      Lease _ = replica.lease(0);
    }
    return replica;
  }
}
