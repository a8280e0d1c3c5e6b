package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testing.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every policy, and the tables of shares in which each shows its own way.
abstract class PickPolicyContract {
  private static final int PICKS = 6_000;
  static final BalancerSettings SETTINGS = BalancerSettings.of(PolicySpec.WEIR);

  final WorkMoments work = new WorkMoments();

  abstract PickPolicy policy(RandomGenerator random);

  @Test
  void withNobodyToAskItWaits() {
    assertThat(policy(new SplittableRandom(1)).pick(new Pool(), 0)).isEqualTo(Pick.QUEUE);
  }

  @Test
  void theOnlyOneIsTaken() {
    Replica only = idle("a");
    assertThat(policy(new SplittableRandom(1)).pick(pool(only), 0)).isSameAs(only.to);
  }

  @Test
  void equalReplicasGetEqualShares() {
    assertShares(
        Map.of("a", .25, "b", .25, "c", .25, "d", .25), idle("a"), idle("b"), idle("c"), idle("d"));
  }

  @Test
  void picksAMemberWhateverHappensToTheMembership() {
    Seeds.forAll(random -> {
      PickPolicy policy = policy(new SplittableRandom(random.nextLong()));
      Replica[] all = new Replica[random.nextInt(1, 9)];
      Arrays.setAll(all, i -> loaded("r" + i, random.nextInt(3)));
      for (int step = 0; step < 50; step++) {
        var pool = new Pool();
        for (Replica replica : all) {
          if (random.nextInt(3) > 0) {
            pool.add(replica);
          }
        }
        Pick pick = policy.pick(pool, step);
        if (pick instanceof Pick.To(var replica)) {
          assertThat(members(pool)).contains(replica);
          policy.answered(replica, random.nextLong(1, 1_000_000_000), step);
        } else {
          assertThat(pick).isEqualTo(Pick.QUEUE);
        }
      }
    });
  }

  void assertShares(Map<String, Double> expected, Replica... replicas) {
    PickPolicy policy = policy(new SplittableRandom(20_261_122));
    Map<String, Integer> counts = new HashMap<>();
    Pool pool = pool(replicas);
    for (int i = 0; i < PICKS; i++) {
      if (policy.pick(pool, i) instanceof Pick.To(var replica)) {
        counts.merge(replica.id(), 1, Integer::sum);
      }
    }
    expected.forEach((id, share) ->
        assertThat(counts.getOrDefault(id, 0) / (double) PICKS)
            .as(id)
            .isCloseTo(share, within(share == 0 ? 0 : 0.03)));
  }

  static Replica idle(String id) {
    return loaded(id, 0);
  }

  static Replica loaded(String id, int inFlight) {
    var replica = new Replica(new ReplicaSpec(id, 1), SETTINGS, 0);
    replica.inFlight = inFlight;
    return replica;
  }

  static Pool pool(Replica... replicas) {
    var pool = new Pool();
    for (Replica replica : replicas) {
      pool.add(replica);
    }
    return pool;
  }

  private static Replica[] members(Pool pool) {
    Replica[] members = new Replica[pool.size()];
    Arrays.setAll(members, pool::at);
    return members;
  }
}
