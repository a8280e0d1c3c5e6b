package dev.weir.balance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// [RoundRobin] keeps the contract of policies and its own promises.
final class RoundRobinTest extends PickPolicyContract {
  @Override
  PickPolicy policy(RandomGenerator random) {
    return new RoundRobin();
  }

  @Test
  void loadChangesNothing() {
    assertShares(Map.of("a", .5, "busy", .5), idle("a"), loaded("busy", 9));
  }

  @Test
  void aNewcomerTakesItsPlaceInTheCycle() {
    PickPolicy policy = new RoundRobin();
    FakeCandidate a = idle("a");
    FakeCandidate b = idle("b");
    FakeCandidate c = idle("c");
    assertThat(ids(policy, pool(a, b), 3)).isEqualTo("aba");
    assertThat(ids(policy, pool(c, a, b), 6)).isEqualTo("cbacba");
  }

  @Test
  void eachIsServedOnceWhenOneLeaves() {
    PickPolicy policy = new RoundRobin();
    FakeCandidate a = idle("a");
    FakeCandidate b = idle("b");
    FakeCandidate c = idle("c");
    assertThat(ids(policy, pool(a, b, c), 4)).isEqualTo("abca");
    assertThat(ids(policy, pool(b, c), 4)).isEqualTo("bcbc");
    assertThat(ids(policy, pool(c, b, a), 3)).isEqualTo("abc");
  }

  private static String ids(PickPolicy policy, Candidates<FakeCandidate> pool, int picks) {
    var ids = new StringBuilder();
    for (int i = 0; i < picks; i++) {
      FakeCandidate replica = policy.pick(pool, i);
      if (replica != null) {
        ids.append(replica.id());
      }
    }
    return ids.toString();
  }
}
