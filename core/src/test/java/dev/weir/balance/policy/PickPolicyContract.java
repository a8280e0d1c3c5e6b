package dev.weir.balance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testing.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every policy, and the tables of shares that show how each one differs.
abstract class PickPolicyContract {
  private static final int PICKS = 6_000;

  abstract PickPolicy policy(RandomGenerator random);

  @Test
  void withoutReplicasTheRequestWaits() {
    assertThat(policy(new SplittableRandom(1)).pick(new Candidates<FakeCandidate>(null), 0))
        .isNull();
  }

  @Test
  void theOnlyOneIsTaken() {
    FakeCandidate only = idle("a");
    assertThat(policy(new SplittableRandom(1)).pick(pool(only), 0)).isSameAs(only);
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
      FakeCandidate[] all = new FakeCandidate[random.nextInt(1, 9)];
      Arrays.setAll(all, i -> loaded("r" + i, random.nextInt(3)));
      for (int step = 0; step < 50; step++) {
        var pool = new Candidates<FakeCandidate>(null);
        for (FakeCandidate replica : all) {
          if (random.nextInt(3) > 0) {
            pool.add(replica);
          }
        }
        FakeCandidate picked = policy.pick(pool, step);
        if (picked != null) {
          assertThat(members(pool)).contains(picked);
          policy.responded(picked, random.nextLong(1, 1_000_000_000), step);
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
          var ranked = new Candidates<FakeCandidate>(order);
          var plain = new Candidates<FakeCandidate>(null);
          for (int i = 0; i < 40; i++) {
            FakeCandidate replica = loaded("r" + i, random.nextInt(3));
            Turn.of(replica).number(random.nextLong());
            ranked.add(replica);
            plain.add(replica);
          }
          ranked.rank();
          for (int step = 0; step < 200; step++) {
            FakeCandidate best = ranked.best(order);
            assertThat(best).isSameAs(plain.best(order));
            FakeCandidate changed = random.nextBoolean() ? best : plain.at(random.nextInt(40));
            Turn.of(changed).number(random.nextLong());
            changed.lease();
            ranked.changed(changed);
          }
        });
  }

  void assertShares(Map<String, Double> expected, FakeCandidate... replicas) {
    PickPolicy policy = policy(new SplittableRandom(20_261_122));
    Map<String, Integer> counts = new HashMap<>();
    Candidates<FakeCandidate> pool = pool(replicas);
    for (int i = 0; i < PICKS; i++) {
      FakeCandidate replica = policy.pick(pool, i);
      if (replica != null) {
        counts.merge(replica.id(), 1, Integer::sum);
      }
    }
    expected.forEach((id, share) ->
        assertThat(counts.getOrDefault(id, 0) / (double) PICKS)
            .as(id)
            .isCloseTo(share, within(share == 0 ? 0 : 0.03)));
  }

  FakeCandidate idle(String id) {
    return loaded(id, 0);
  }

  /// A replica of this policy's with that many requests in flight.
  FakeCandidate loaded(String id, int inFlight) {
    return candidate(id, inFlight, Integer.MAX_VALUE, 1);
  }

  FakeCandidate candidate(String id, int inFlight, int slots, double slowness) {
    PickState state = policy(new SplittableRandom(1)).newState(0);
    return new FakeCandidate(id, inFlight, slots, slowness, state);
  }

  static Candidates<FakeCandidate> pool(FakeCandidate... replicas) {
    var pool = new Candidates<FakeCandidate>(null);
    for (FakeCandidate replica : replicas) {
      pool.add(replica);
    }
    return pool;
  }

  private static FakeCandidate[] members(Candidates<FakeCandidate> pool) {
    FakeCandidate[] members = new FakeCandidate[pool.size()];
    Arrays.setAll(members, pool::at);
    return members;
  }
}
