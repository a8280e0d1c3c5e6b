package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.ArrivalMeter.Window;
import dev.weir.testing.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the meter says about streams with known parameters.
class ArrivalMeterTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void poissonHasItsRateAndIsNotBursty() {
    Seeds.forAll(
        20,
        random -> {
          var meter = new ArrivalMeter();
          long now = play(meter, new Poisson(200), 70, random.nextLong());
          // 10 s at 200/s: standard error 2.2 %; of the scv 6 %.
          assertThat(meter.ratePerSecond(now, Window.SHORT)).isCloseTo(200, within(20.0));
          assertThat(meter.ratePerSecond(now, Window.LONG)).isCloseTo(200, within(10.0));
          assertThat(meter.scv(now, Window.SHORT)).isCloseTo(1, within(0.35));
        });
  }

  @Test
  void burstsShowInTheSpreadOfGaps() {
    var meter = new ArrivalMeter();
    long now = play(meter, new Hyperexponential(0.005, 6), 120, 7);
    assertThat(meter.scv(now, Window.LONG)).isCloseTo(6, within(1.0));
  }

  @Test
  void regularArrivalsAreRegular() {
    var meter = new ArrivalMeter();
    long now = play(meter, new Constant(0.01), 70, 1);
    assertThat(meter.ratePerSecond(now, Window.SHORT)).isCloseTo(100, within(2.0));
    assertThat(meter.scv(now, Window.SHORT)).isLessThan(1e-6);
  }

  @Test
  void windowsForget() {
    var meter = new ArrivalMeter();
    long now = play(meter, new Poisson(200), 70, 1);
    assertThat(meter.ratePerSecond(now + 5 * SECOND, Window.SHORT)).isCloseTo(100, within(20.0));
    long later = now + 11 * SECOND;
    assertThat(meter.ratePerSecond(later, Window.SHORT)).isZero();
    assertThat(meter.ratePerSecond(later, Window.LONG)).isCloseTo(165, within(15.0));
    long muchLater = now + 120 * SECOND;
    assertThat(meter.ratePerSecond(muchLater, Window.SHORT)).isZero();
    assertThat(meter.scv(muchLater, Window.SHORT)).isNaN();
    // A changed rate is all that is left of the stream after a window.
    long start = muchLater + SECOND;
    var slower = Schedule.ofDuration(new Poisson(50), Duration.ofSeconds(12), 3);
    for (int i = 0; i < slower.size(); i++) {
      meter.note(start + slower.dueNanos(i));
    }
    assertThat(meter.ratePerSecond(start + slower.spanNanos(), Window.SHORT))
        .isCloseTo(50, within(10.0));
  }

  @Test
  void saysNothingBeforeItKnows() {
    var meter = new ArrivalMeter();
    assertThat(meter.ratePerSecond(0, Window.SHORT)).isNaN();
    meter.note(1000);
    meter.note(2000);
    assertThat(meter.ratePerSecond(3000, Window.SHORT)).isNaN();
    assertThat(meter.scv(3000, Window.SHORT)).isNaN();
    assertThat(meter.ratePerSecond(1000 + 2 * SECOND, Window.SHORT)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void tenArrivalsOrOneSecondMakeARate() {
    var quick = new ArrivalMeter();
    for (int i = 0; i < 9; i++) {
      quick.note(i * SECOND / 100);
    }
    assertThat(quick.ratePerSecond(8 * SECOND / 100, Window.SHORT)).isNaN();
    quick.note(9 * SECOND / 100);
    assertThat(quick.ratePerSecond(9 * SECOND / 100, Window.SHORT)).isCloseTo(100, within(1e-9));
    var slow = new ArrivalMeter();
    slow.note(0);
    slow.note(SECOND / 2);
    assertThat(slow.ratePerSecond(SECOND - 1, Window.SHORT)).isNaN();
    assertThat(slow.ratePerSecond(SECOND, Window.SHORT)).isCloseTo(1, within(1e-9));
  }

  @Test
  void arrivalsOfOneInstantHaveNoRate() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 20; i++) {
      meter.note(SECOND);
    }
    assertThat(meter.ratePerSecond(SECOND, Window.LONG)).isNaN();
  }

  @Test
  void twentyGapsHaveASpread() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 20; i++) {
      meter.note(i * SECOND / 100);
    }
    assertThat(meter.scv(19 * SECOND / 100, Window.SHORT)).isNaN();
    meter.note(20 * SECOND / 100);
    assertThat(meter.scv(20 * SECOND / 100, Window.SHORT)).isLessThan(1e-12);
  }

  @Test
  void clocksMayBeNegativeAndJumpBack() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 1000; i++) {
      meter.note(-5 * SECOND + i * SECOND / 100 - (i % 7) * 1000L);
    }
    assertThat(meter.ratePerSecond(5 * SECOND, Window.SHORT)).isCloseTo(100, within(2.0));
  }

  static long play(ArrivalMeter meter, GapLaw law, int seconds, long seed) {
    var schedule = Schedule.ofDuration(law, Duration.ofSeconds(seconds), seed);
    for (int i = 0; i < schedule.size(); i++) {
      meter.note(schedule.dueNanos(i));
    }
    return schedule.spanNanos();
  }
}
