package dev.weir.balance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Requests that end out of order show a shared processor.
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
}
