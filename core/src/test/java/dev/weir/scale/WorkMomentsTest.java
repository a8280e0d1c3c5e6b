package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What is known of a service's work, and when.
class WorkMomentsTest {
  private static final long MILLISECOND = 1_000_000;

  private final WorkMoments moments = new WorkMoments();
  private final SplittableRandom random = new SplittableRandom(3);
  private long nowNanos;

  @Test
  void nothingIsKnownBeforeAHundredRequests() {
    assertThat(moments.meanNanos()).isNaN();
    assertThat(moments.steadyMeanNanos(0)).isNaN();
    exponential(50, 10);
    assertThat(moments.meanNanos()).isGreaterThan(0);
    assertThat(moments.law(nowNanos)).isEmpty();
  }

  /// Ten responses of 2 s: the mean counts as higher by a third, its standard error.
  @Test
  void aSlowServiceIsGuessedEarly() {
    for (int i = 0; i < 10; i++) {
      assertThat(moments.earlyLaw(nowNanos)).isEmpty();
      nowNanos += 2000 * MILLISECOND;
      moments.note(2000.0 * MILLISECOND, 2000.0 * MILLISECOND, nowNanos);
    }
    WorkLaw guess = moments.earlyLaw(nowNanos).orElseThrow();
    assertThat(guess.scv()).isCloseTo(.9, within(.001));
    assertThat(guess.meanSeconds()).isCloseTo(2 * (1 + Math.sqrt(.09)), within(.001));
    assertThat(moments.law(nowNanos)).isEmpty();
  }

  /// The first responses of a process are slow.
  @Test
  void tenResponsesAtOnceAreNoGuess() {
    exponential(99, 10);
    assertThat(moments.earlyLaw(nowNanos)).isEmpty();
    exponential(5, 10);
    assertThat(moments.earlyLaw(nowNanos)).isEqualTo(moments.law(nowNanos)).isNotEmpty();
  }

  /// Few requests have two moments; many show their law.
  @Test
  void manyRequestsShowTheirLaw() {
    exponential(500, 10);
    assertThat(moments.law(nowNanos).orElseThrow()).isInstanceOf(TwoMomentWork.class);
    exponential(5000, 10);
    WorkLaw law = moments.law(nowNanos).orElseThrow();
    assertThat(law).isInstanceOf(MeasuredWork.class);
    assertThat(law.scv()).isCloseTo(1, within(.15));
    assertThat(law.quantile(.99)).isCloseTo(.01 * Math.log(100), within(.005));
  }

  /// A thousand requests a second for a minute: the mean of all scatters by .4 %, that of the last
  /// three thousand by 1.3 %.
  @Test
  void theMeanIsThatOfTheMinute() {
    double sum = 0;
    for (int i = 0; i < 59_000; i++) {
      sum += exponential(1, 10);
    }
    assertThat(moments.steadyMeanNanos(nowNanos)).isCloseTo(sum / 59_000, within(1.0));
    assertThat(moments.law(nowNanos).orElseThrow().meanSeconds())
        .isCloseTo(sum / 59_000 / 1e9, within(1e-9));
    assertThat(moments.meanNanos()).isNotCloseTo(sum / 59_000, within(1.0));
  }

  /// Work that has grown by a third shows after some seconds, not after a minute.
  @Test
  void aChangeShowsBeforeTheMinuteIsOver() {
    exponential(60_000, 9);
    exponential(10_000, 12);
    assertThat(moments.steadyMeanNanos(nowNanos)).isEqualTo(moments.meanNanos());
    assertThat(moments.steadyMeanNanos(nowNanos) / MILLISECOND).isCloseTo(12, within(.5));
  }

  /// Notes so many requests, a millisecond apart, and returns the work of the last.
  private double exponential(int count, double meanMillis) {
    double workNanos = 0;
    for (int i = 0; i < count; i++) {
      nowNanos += MILLISECOND;
      workNanos = random.nextExponential() * meanMillis * MILLISECOND;
      moments.note(workNanos, moments.meanNanos(), nowNanos);
    }
    return workNanos;
  }
}
