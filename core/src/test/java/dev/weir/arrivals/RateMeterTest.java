package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What the meter estimates of streams with known rates.
final class RateMeterTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = -5 * SECOND / 3; // nanoTime may be anything

  private final RateMeter meter = new RateMeter(START);
  private int second;

  @Test
  void nothingIsKnownInTheFirstSecond() {
    meter.note(START);
    RateEstimate estimate = meter.estimate(START + SECOND - 1);
    assertThat(estimate.perSecond()).isNaN();
    assertThat(estimate.isFull()).isFalse();
    assertThat(meter.estimate(START + SECOND).perSecond()).isEqualTo(1);
  }

  @Test
  void aSteadyStreamHasItsRateOverAMinute() {
    play(90, 40);
    RateEstimate estimate = now();
    assertThat(estimate.perSecond()).isEqualTo(40);
    assertThat(estimate.windowSeconds()).isEqualTo(60);
    assertThat(estimate.dispersion()).as("less than Poisson counts as Poisson").isEqualTo(1);
    assertThat(estimate.standardError()).isCloseTo(Math.sqrt(40 / 60.0), within(1e-9));
    assertThat(estimate.minute().perSecondSquared()).isCloseTo(0, within(1e-9));
    assertThat(estimate.largestPerSecond()).isEqualTo(40);
    assertThat(estimate.isFull()).isTrue();
  }

  /// 2.5 standard errors of 10 s at 40/s are 5/s, and the rate over 60 s moves too.
  @Test
  void aChangeThatChanceDoesNotExplainShowsAtOnce() {
    play(90, 40);
    play(10, 45);
    assertThat(now().windowSeconds()).isEqualTo(60);
    play(50, 40);
    play(10, 48);
    RateEstimate estimate = now();
    assertThat(estimate.windowSeconds()).isEqualTo(10);
    assertThat(estimate.perSecond()).isEqualTo(48);
    assertThat(estimate.standardError()).isGreaterThan(Math.sqrt(48 / 10.0) - 1e-9);
  }

  @Test
  void aFallShowsAsWell() {
    play(90, 40);
    play(10, 10);
    assertThat(now().perSecond()).isEqualTo(10);
    assertThat(now().largestPerSecond()).isEqualTo(40);
  }

  /// Poisson has d = 1; a slow change of the rate leaves it there, pairs of arrivals double it.
  @Test
  void dispersionSeesBurstsAndNotSlowChanges() {
    for (int i = 0; i < 60; i++) {
      play(1, 20 + i);
    }
    assertThat(now().dispersion()).isEqualTo(1);
    play(new Poisson(50), 60, 2, 3);
    double two = now().dispersion();
    play(new Poisson(50), 60, 4, 3);
    assertThat(now().dispersion()).isCloseTo(2 * two, within(1e-9));
    play(1, 5000);
    assertThat(now().dispersion()).as("bounded").isEqualTo(20);
  }

  /// A line of one more arrival in every second: its error is that of a steady stream.
  @Test
  void theSlopeIsThatOfTheLine() {
    for (int i = 0; i < 60; i++) {
      play(1, 40 + i);
    }
    RateEstimate estimate = now();
    assertThat(estimate.minute().perSecondSquared()).isCloseTo(1, within(1e-9));
    assertThat(estimate.halfMinute().perSecondSquared()).isCloseTo(1, within(1e-9));
    assertThat(estimate.minute().standardError())
        .isCloseTo(Math.sqrt(69.5 / (60 * 3599 / 12.0)), within(1e-9));
    assertThat(estimate.minute().exceeds(3)).isTrue();
    assertThat(estimate.minute().exceeds(20)).isFalse();
  }

  /// Of Poisson streams with a constant rate, fewer than one in a hundred seem to grow.
  @Test
  void aSteadyRateRarelySeemsToGrow() {
    int[] grows = new int[2];
    Seeds.forAll(
        500,
        random -> {
          var poisson = new RateMeter(0);
          GapSampler gaps = new Poisson(30).sampler(random);
          for (double at = gaps.nextSeconds(); at < 60; at += gaps.nextSeconds()) {
            poisson.note((long) (at * 1e9));
          }
          RateEstimate estimate = poisson.estimate(60 * SECOND);
          assertThat(Math.abs(estimate.perSecond() - 30)).isLessThan(6 * estimate.standardError());
          grows[0] += estimate.minute().exceeds(3) ? 1 : 0;
          grows[1] += estimate.minute().exceeds(0) ? 1 : 0;
        });
    assertThat(grows[0]).isLessThan(5);
    assertThat(grows[1]).isBetween(200, 300);
  }

  @Test
  void thePeakIsRememberedForHalfAnHour() {
    play(60, 5);
    play(10, 80);
    play(1789, 5);
    assertThat(now().peakPerSecond()).isEqualTo(80);
    assertThat(now().largestPerSecond()).isEqualTo(5);
    play(12, 5);
    assertThat(now().peakPerSecond()).isEqualTo(5);
  }

  @Test
  void aLongSilenceIsForgotten() {
    play(60, 30);
    second += 5000;
    assertThat(now().perSecond()).isZero();
    assertThat(now().standardError()).isZero();
    assertThat(now().peakPerSecond()).isZero();
    play(1, 7);
    assertThat(now().perSecond()).as("7 in 10 s are a change").isEqualTo(0.7);
  }

  @Test
  void aMomentBeforeTheLastCountsAsThat() {
    play(60, 10);
    meter.note(START + 3 * SECOND);
    second++;
    assertThat(now().largestPerSecond()).isEqualTo(10.1);
  }

  private RateEstimate now() {
    return meter.estimate(START + second * SECOND);
  }

  private void play(int seconds, int perSecond) {
    for (int i = 0; i < seconds; i++) {
      for (int k = 0; k < perSecond; k++) {
        meter.note(START + second * SECOND + k * (SECOND / (perSecond + 1)));
      }
      second++;
    }
  }

  private void play(GapLaw law, int seconds, int times, long seed) {
    GapSampler gaps = law.sampler(new SplittableRandom(seed));
    for (double at = gaps.nextSeconds(); at < seconds; at += gaps.nextSeconds()) {
      for (int i = 0; i < times; i++) {
        meter.note(START + second * SECOND + (long) (at * 1e9));
      }
    }
    second += seconds;
  }
}
