package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.limit.Limit;
import dev.weir.balance.policy.PickState;
import org.junit.jupiter.api.Test;

/// A list that anything in it can leave knows which joined first.
final class IntrusiveListTest {
  @Test
  void theOldestLeasesAreKnown() {
    var line = new IntrusiveList<Lease>();
    Lease[] leases = new Lease[5];
    var replica =
        new Replica(
            new ReplicaSpec("a", 1),
            BalancerSettings.of(PolicySpec.WEIR),
            new Limit.None(0),
            PickState.NONE,
            0);
    for (int i = 0; i < leases.length; i++) {
      leases[i] = new Lease(replica, i, 0);
      line.join(leases[i]);
    }
    line.leave(leases[1]);
    assertThat(line.isAmongOldest(leases[2], 2)).isTrue();
    assertThat(line.isAmongOldest(leases[3], 2)).isFalse();
    line.leave(leases[0]);
    line.leave(leases[4]);
    assertThat(line.isAmongOldest(leases[3], 2)).isTrue();
  }
}
