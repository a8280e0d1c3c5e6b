package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Who ends among the oldest tells service in order from a shared processor.
final class OvertakingTest {
  @Test
  void sharingIsAssumedUntilEnoughIsSeen() {
    var overtaking = new Overtaking();
    for (int i = 0; i < 49; i++) {
      overtaking.note(false);
    }
    assertThat(overtaking.isInOrder()).isFalse();
    overtaking.note(false);
    assertThat(overtaking.isInOrder()).isTrue();
  }

  @Test
  void aSharedProcessorIsSeen() {
    var overtaking = new Overtaking();
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      overtaking.note(random.nextInt(3) == 0);
    }
    assertThat(overtaking.isInOrder()).isFalse();
  }

  @Test
  void theOldestLeasesAreKnown() {
    var line = new IntrusiveList<Lease>();
    Lease[] leases = new Lease[5];
    var replica =
        new Replica(
            new ReplicaSpec("a", 1),
            BalancerSettings.of(PolicySpec.WEIR),
            new Limit.None(0),
            null,
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
