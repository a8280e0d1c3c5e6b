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

  @Test
  void aFailureEjectsAndASuccessLetsBackIn() {
    var ejection = new Ejection(SECOND);
    assertThat(ejection.isOut()).isFalse();
    assertThat(ejection.picked()).isFalse();
    assertThat(ejection.ended(0, Outcome.FAILED, 0)).as("eligible no more").isTrue();
    assertThat(ejection.isOut()).isTrue();
    assertThat(ejection.ended(0, Outcome.SUCCEEDED, 1)).as("eligible again").isTrue();
    assertThat(ejection.isOut()).isFalse();
    assertThat(ejection.ended(1, Outcome.SUCCEEDED, 2)).as("eligible as before").isFalse();
  }

  /// Leases from before the failure end while the replica is out: they say nothing about it now.
  @Test
  void leasesFromBeforeTheFailureCountForNothing() {
    var ejection = new Ejection(SECOND);
    ejection.ended(5, Outcome.FAILED, 10);
    assertThat(ejection.ended(9, Outcome.SUCCEEDED, 11)).isFalse();
    assertThat(ejection.ended(9, Outcome.FAILED, 11)).isFalse();
    assertThat(ejection.isOut()).isTrue();
    assertThat(ejection.tick(SECOND + 10)).isTrue();
    assertThat(ejection.picked()).isTrue();
    assertThat(ejection.ended(9, Outcome.FAILED, SECOND + 11)).isFalse();
    assertThat(ejection.ended(9, Outcome.IGNORED, SECOND + 11)).as("still on trial").isFalse();
    assertThat(ejection.isEligible()).isFalse();
  }

  /// A lease that began at the very instant of the failure counts.
  @Test
  void theInstantOfTheFailureIsAfterIt() {
    var ejection = new Ejection(SECOND);
    ejection.ended(5, Outcome.FAILED, 10);
    ejection.tick(SECOND + 10);
    ejection.picked();
    assertThat(ejection.ended(10, Outcome.IGNORED, SECOND + 11)).isTrue();
    assertThat(ejection.ended(10, Outcome.FAILED, SECOND + 12)).isTrue();
    assertThat(ejection.tick(3 * SECOND + 11)).as("twice as long").isFalse();
    assertThat(ejection.tick(3 * SECOND + 12)).isTrue();
  }
}
