package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Fast errors count as requests in flight, for as long as the work would have taken.
final class ErrorPenaltyTest {
  private static final double MEAN_NANOS = 50e6;
  private static final long FAST_NANOS = 5_000_000;

  private final ErrorPenalty penalty = new ErrorPenalty();

  @Test
  void withoutErrorsThereIsNone() {
    note(100, false);
    assertThat(penalty.share()).isZero();
    assertThat(penalty.ghosts(0)).isZero();
  }

  @Test
  void eachFastErrorCountsForTheTimeItSaved() {
    note(4, true);
    assertThat(penalty.share()).isCloseTo(1 - Math.pow(15 / 16.0, 4), within(1e-9));
    assertThat(penalty.ghosts(0)).isCloseTo(4 * .9, within(1e-9));
  }

  @Test
  void anErrorAsSlowAsTheWorkHidesNoLoad() {
    for (int i = 0; i < 20; i++) {
      penalty.note(true, 60_000_000, MEAN_NANOS, 0);
    }
    assertThat(penalty.ghosts(0)).isZero();
  }

  @Test
  void anErrorCountsForNothingWhileTheWorkIsUnknown() {
    for (int i = 0; i < 20; i++) {
      penalty.note(true, FAST_NANOS, Double.NaN, 0);
    }
    assertThat(penalty.ghosts(0)).isZero();
  }

  @Test
  void aFewErrorsAreForgiven() {
    note(3, true);
    assertThat(penalty.share()).isLessThan(.2);
    assertThat(penalty.ghosts(0)).isZero();
  }

  /// The share must exceed .2, and twice the least share of the service plus a tenth.
  @Test
  void onlyMoreErrorsThanTheOthersCount() {
    note(10, true);
    double share = penalty.share();
    assertThat(penalty.ghosts(share)).isZero();
    assertThat(penalty.ghosts((share - .1) / 2)).isZero();
    assertThat(penalty.ghosts((share - .1) / 2 - 1e-6)).isPositive();
  }

  @Test
  void thePenaltyFadesWithTheMeanOfTheWork() {
    note(20, true);
    double before = penalty.ghosts(0);
    penalty.fade(MEAN_NANOS, (long) MEAN_NANOS);
    assertThat(penalty.ghosts(0)).isCloseTo(before / Math.E, within(1e-9));
    penalty.fade(MEAN_NANOS, (long) (20 * MEAN_NANOS));
    assertThat(penalty.ghosts(0)).isZero();
  }

  @Test
  void theShareFollowsTheLastResponses() {
    note(100, true);
    assertThat(penalty.share()).isGreaterThan(.99);
    note(100, false);
    assertThat(penalty.share()).isLessThan(.01);
  }

  private void note(int responses, boolean error) {
    for (int i = 0; i < responses; i++) {
      penalty.note(error, FAST_NANOS, MEAN_NANOS, 0);
    }
  }
}
