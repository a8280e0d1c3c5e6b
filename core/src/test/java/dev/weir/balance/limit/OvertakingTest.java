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

  /// One in twenty of the first fifty or more is too many.
  @Test
  void theShareOfTheFirstFiftyDecides() {
    assertThat(firstFifty(2).isInOrder()).isTrue();
    assertThat(firstFifty(3).isInOrder()).isFalse();
  }

  /// Later ones count by 1/64 each: from nothing, three in a row stay below one in twenty (1 -
  /// (63/64)^3 = 0.046), and the fourth goes above it (0.061).
  @Test
  void whatChangesIsSeen() {
    var overtaking = firstFifty(0);
    for (int i = 0; i < 3; i++) {
      overtaking.note(true);
      assertThat(overtaking.isInOrder()).isTrue();
    }
    overtaking.note(true);
    assertThat(overtaking.isInOrder()).isFalse();
    for (int i = 0; i < 20; i++) {
      overtaking.note(false);
    }
    assertThat(overtaking.isInOrder()).isTrue();
  }

  private static Overtaking firstFifty(int overtakers) {
    var overtaking = new Overtaking();
    for (int i = 0; i < 50; i++) {
      overtaking.note(i < overtakers);
    }
    return overtaking;
  }
}
