package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// A replica counts as slow or fast only beyond chance, in steps of a fifth.
final class RelativeSpeedTest {
  private static final double MEAN_NANOS = 10e6;

  private final RelativeSpeed speed = new RelativeSpeed();

  @Test
  void anUnknownSpeedIsTheMean() {
    assertThat(compare(new SpeedEstimate(0), 1)).isFalse();
    assertThat(speed.slowness()).isEqualTo(1);
  }

  @Test
  void anUnknownMeanChangesNothing() {
    assertThat(speed.compare(seen(20, 100), Double.NaN, .01, 0)).isFalse();
    assertThat(speed.slowness()).isEqualTo(1);
  }

  @Test
  void twiceTheWorkIsFourSteps() {
    assertThat(compare(seen(20, 1_000), .01)).isTrue();
    assertThat(speed.slowness()).isCloseTo(Math.pow(1.2, 4), within(1e-9));
  }

  @Test
  void halfTheWorkIsFast() {
    assertThat(compare(seen(5, 1_000), .01)).isTrue();
    assertThat(speed.slowness()).isCloseTo(Math.pow(1.2, -4), within(1e-9));
  }

  @Test
  void lessThanAFifthDoesNotCount() {
    assertThat(compare(seen(11.5, 1_000), .01)).isFalse();
    assertThat(speed.slowness()).isEqualTo(1);
  }

  /// Exponential work: ten requests scatter by a third of their mean, so 1.5 times proves nothing.
  @Test
  void variableWorkNeedsMoreRequests() {
    assertThat(compare(seen(15, 10), 1)).isFalse();
    assertThat(compare(seen(15, 10), .01)).isTrue();
  }

  @Test
  void variabilityUnknownCountsAsExponential() {
    assertThat(compare(seen(15, 10), Double.NaN)).isFalse();
  }

  /// Once slow, a replica stays so until it is within .7 of a step: no flapping at the border.
  @Test
  void theWayBackIsLonger() {
    compare(seen(13, 1_000), .01);
    double slow = speed.slowness();
    assertThat(slow).isGreaterThan(1);
    compare(seen(11.6, 1_000), .01);
    assertThat(speed.slowness()).as("16 %% slow").isEqualTo(slow);
    assertThat(compare(seen(11, 1_000), .01)).as("10 %% slow").isTrue();
    assertThat(speed.slowness()).isEqualTo(1);
  }

  /// Between two steps the first one stays: it takes three quarters of a step to move.
  @Test
  void aStepIsKeptUntilTheNextIsNear() {
    compare(seen(10 * Math.pow(1.2, 2), 10_000), .01);
    double two = speed.slowness();
    assertThat(compare(seen(10 * Math.pow(1.2, 2.6), 10_000), .01)).isFalse();
    assertThat(compare(seen(10 * Math.pow(1.2, 2.9), 10_000), .01)).isTrue();
    assertThat(speed.slowness()).isCloseTo(two * 1.2, within(1e-9));
  }

  private boolean compare(SpeedEstimate estimate, double workScv) {
    return speed.compare(estimate, MEAN_NANOS, workScv, 0);
  }

  private static SpeedEstimate seen(double millis, int requests) {
    var estimate = new SpeedEstimate(0);
    for (int i = 0; i < requests; i++) {
      estimate.note(millis * 1e6, 0);
    }
    return estimate;
  }
}
