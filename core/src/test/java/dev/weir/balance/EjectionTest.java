package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// [Ejection] doubles up to its longest time and starts over after a success.
final class EjectionTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theTimeDoublesUpToHalfAMinute() {
    var ejection = new Ejection(SECOND);
    long nowNanos = 0;
    for (long expectedSeconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      ejection.ended(nowNanos, Outcome.FAILED, nowNanos);
      assertThat(ejection.isEligible()).isFalse();
      assertThat(ejection.tick(nowNanos + expectedSeconds * SECOND - 1)).isFalse();
      nowNanos += expectedSeconds * SECOND;
      assertThat(ejection.tick(nowNanos)).isTrue();
      assertThat(ejection.isEligible()).isTrue();
      assertThat(ejection.picked()).isTrue();
      assertThat(ejection.isEligible()).isFalse();
    }
    ejection.ended(nowNanos, Outcome.SUCCEEDED, nowNanos);
    ejection.ended(nowNanos, Outcome.FAILED, nowNanos);
    assertThat(ejection.tick(nowNanos + SECOND)).isTrue();
  }

  @Test
  void aTryThatSaysNothingMakesRoomForAnother() {
    var ejection = new Ejection(SECOND);
    ejection.ended(0, Outcome.FAILED, 0);
    ejection.tick(SECOND);
    ejection.picked();
    assertThat(ejection.ended(SECOND, Outcome.IGNORED, SECOND)).isTrue();
    assertThat(ejection.isEligible()).isTrue();
  }

  @Test
  void zeroMeansNever() {
    var ejection = new Ejection(0);
    assertThat(ejection.ended(0, Outcome.FAILED, 0)).isFalse();
    assertThat(ejection.isEligible()).isTrue();
  }
}
