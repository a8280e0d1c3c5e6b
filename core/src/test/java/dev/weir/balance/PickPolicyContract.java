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

  abstract PickPolicy policy(RandomGenerator random);

  @Test
  void withNobodyToAskItWaits() {
    assertThat(policy(new SplittableRandom(1)).pick(new Candidates(), 0)).isEqualTo(Pick.QUEUE);
  }

  @Test
  void theOnlyOneIsTaken() {
    Replica only = idle("a");
    assertThat(policy(new SplittableRandom(1)).pick(pool(only), 0)).isSameAs(only.to());
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
        var pool = new Candidates();
        for (Replica replica : all) {
          if (random.nextInt(3) > 0) {
            pool.add(replica);
          }
        }
        Pick pick = policy.pick(pool, step);
        if (pick instanceof Pick.To(var replica)) {
          assertThat(members(pool)).contains(replica);
          policy.responded(replica, random.nextLong(1, 1_000_000_000), step);
        } else {
          assertThat(pick).isEqualTo(Pick.QUEUE);
        }
      }
    });
  }

  /// A pool that is ranked picks as one that is looked through.
  @Test
  void aRankingChangesNothing() {
    Seeds.forAll(
        50,
        random -> {
          Order order = policy(random).order();
          if (order == null) {
            return;
          }
          var ranked = new Candidates(order);
          var plain = new Candidates();
          for (int i = 0; i < 40; i++) {
            Replica replica = loaded("r" + i, random.nextInt(3));
            replica.turn(random.nextLong());
            ranked.add(replica);
            plain.add(replica);
          }
          ranked.rank();
          for (int step = 0; step < 200; step++) {
            Replica best = ranked.best(order);
            assertThat(best).isSameAs(plain.best(order));
            Replica changed = random.nextBoolean() ? best : plain.at(random.nextInt(40));
            changed.turn(random.nextLong());
            Lease _ = changed.lease(step);
            ranked.changed(changed);
          }
        });
  }

  void assertShares(Map<String, Double> expected, Replica... replicas) {
    PickPolicy policy = policy(new SplittableRandom(20_261_122));
    Map<String, Integer> counts = new HashMap<>();
    Candidates pool = pool(replicas);
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

  Replica idle(String id) {
    return loaded(id, 0);
  }

  /// A replica of this policy's with that many requests in flight.
  Replica loaded(String id, int inFlight) {
    return loaded(id, inFlight, new Limit.None(0));
  }

  Replica loaded(String id, int inFlight, Limit limit) {
    Object memory = policy(new SplittableRandom(1)).memory(0);
    var replica = new Replica(new ReplicaSpec(id, 1), SETTINGS, limit, memory, 0);
    for (int i = 0; i < inFlight; i++) {
      Lease _ = replica.lease(0);
    }
    return replica;
  }

  static Candidates pool(Replica... replicas) {
    var pool = new Candidates();
    for (Replica replica : replicas) {
      pool.add(replica);
    }
    return pool;
  }

  private static Replica[] members(Candidates pool) {
    Replica[] members = new Replica[pool.size()];
    Arrays.setAll(members, pool::at);
    return members;
  }
}
