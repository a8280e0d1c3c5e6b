package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
          var meter = new ArrivalMeter(SECOND / 10);
          long now = play(meter, new Poisson(200), 70, random.nextLong());
          // 10 s at 200/s: standard error 2.2 %; of the scv 6 %, of the IDC 6 %.
          assertThat(meter.ratePerSecond(now)).isCloseTo(200, within(20.0));
          assertThat(meter.ratePerSecond(now, ArrivalMeter.Window.LONG))
              .isCloseTo(200, within(10.0));
          assertThat(meter.scv(now)).isCloseTo(1, within(0.35));
          assertThat(meter.idc(now)).isCloseTo(1, within(0.35));
        });
  }

  @Test
  void correlatedBurstsShowInTheIdcOnly() {
    // The truth: scv 1.5, IDC at one second 17. A meter of gaps alone would call this near Poisson.
    var law = new Mmpp(300, 100, 1, 1);
    var meter = new ArrivalMeter(SECOND);
    long now = play(meter, law, 120, 7);
    assertThat(meter.scv(now)).isCloseTo(law.scv(), within(0.5));
    assertThat(meter.idc(now)).isCloseTo(law.idc(1), within(law.idc(1) / 2));
    assertThat(meter.burstiness(now)).isEqualTo(meter.idc(now));
  }

  @Test
  void independentBurstsShowInBoth() {
    var meter = new ArrivalMeter(SECOND);
    long now = play(meter, new Hyperexponential(0.005, 6), 120, 7);
    assertThat(meter.scv(now, ArrivalMeter.Window.LONG)).isCloseTo(6, within(1.0));
    assertThat(meter.idc(now)).isCloseTo(6, within(3.0));
  }

  @Test
  void regularArrivalsAreRegular() {
    var meter = new ArrivalMeter(SECOND / 2);
    long now = play(meter, new Constant(0.01), 70, 1);
    assertThat(meter.ratePerSecond(now)).isCloseTo(100, within(2.0));
    assertThat(meter.scv(now)).isLessThan(1e-6);
    assertThat(meter.idc(now)).isLessThan(0.01);
  }

  @Test
  void windowsForget() {
    var meter = new ArrivalMeter(SECOND);
    long now = play(meter, new Poisson(200), 70, 1);
    assertThat(meter.ratePerSecond(now + 5 * SECOND)).isCloseTo(100, within(20.0));
    long later = now + 11 * SECOND;
    assertThat(meter.ratePerSecond(later, ArrivalMeter.Window.SHORT)).isZero();
    assertThat(meter.ratePerSecond(later, ArrivalMeter.Window.LONG)).isCloseTo(165, within(15.0));
    long muchLater = now + 120 * SECOND;
    assertThat(meter.ratePerSecond(muchLater)).isZero();
    assertThat(meter.scv(muchLater)).isNaN();
    // A changed rate is all that is left of the stream after a window.
    long start = muchLater + SECOND;
    var slower = Schedule.ofDuration(new Poisson(50), Duration.ofSeconds(12), 3);
    for (int i = 0; i < slower.size(); i++) {
      meter.note(start + slower.dueNanos(i));
    }
    assertThat(meter.ratePerSecond(start + slower.spanNanos())).isCloseTo(50, within(10.0));
  }

  @Test
  void saysNothingBeforeItKnows() {
    var meter = new ArrivalMeter();
    assertThat(meter.ratePerSecond(0)).isNaN();
    assertThat(meter.burstiness(0)).isNaN();
    meter.note(1000);
    meter.note(2000);
    assertThat(meter.ratePerSecond(3000)).isNaN();
    assertThat(meter.scv(3000)).isNaN();
    assertThat(meter.ratePerSecond(1000 + 2 * SECOND)).isCloseTo(0.5, within(1e-9));
    assertThat(meter.idc(1000 + 10 * SECOND)).isNaN();
  }

  @Test
  void aSilenceFillsTheBinsWithZeros() {
    var meter = new ArrivalMeter(SECOND);
    long now = play(meter, new Constant(0.01), 30, 1);
    // 30 bins of 100 and 20 of 0: mean 60, variance 2449, IDC 40.8.
    assertThat(meter.idc(now + 20 * SECOND)).isCloseTo(40.8, within(3.0));
  }

  @Test
  void binsRestartOnlyWhenTheServiceTimeReallyChanged() {
    var meter = new ArrivalMeter(SECOND);
    long now = play(meter, new Poisson(100), 70, 1);
    meter.tau(SECOND * 3 / 2);
    assertThat(meter.tauNanos()).isEqualTo(SECOND);
    assertThat(meter.idc(now)).isNotNaN();
    meter.tau(SECOND / 10);
    assertThat(meter.tauNanos()).isEqualTo(SECOND / 10);
    assertThat(meter.idc(now)).isNaN();
  }

  @Test
  void tenArrivalsOrOneSecondMakeARate() {
    var quick = new ArrivalMeter();
    for (int i = 0; i < 9; i++) {
      quick.note(i * SECOND / 100);
    }
    assertThat(quick.ratePerSecond(8 * SECOND / 100, ArrivalMeter.Window.SHORT)).isNaN();
    quick.note(9 * SECOND / 100);
    assertThat(quick.ratePerSecond(9 * SECOND / 100, ArrivalMeter.Window.SHORT))
        .isCloseTo(100, within(1e-9));
    var slow = new ArrivalMeter();
    slow.note(0);
    slow.note(SECOND / 2);
    assertThat(slow.ratePerSecond(SECOND - 1, ArrivalMeter.Window.SHORT)).isNaN();
    assertThat(slow.ratePerSecond(SECOND, ArrivalMeter.Window.SHORT)).isCloseTo(1, within(1e-9));
  }

  @Test
  void arrivalsOfOneInstantHaveNoRate() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 20; i++) {
      meter.note(SECOND);
    }
    assertThat(meter.ratePerSecond(SECOND, ArrivalMeter.Window.LONG)).isNaN();
  }

  @Test
  void twentyGapsHaveASpread() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 20; i++) {
      meter.note(i * SECOND / 100);
    }
    assertThat(meter.scv(19 * SECOND / 100, ArrivalMeter.Window.SHORT)).isNaN();
    meter.note(20 * SECOND / 100);
    assertThat(meter.scv(20 * SECOND / 100, ArrivalMeter.Window.SHORT)).isLessThan(1e-12);
  }

  @Test
  void clocksMayBeNegativeAndJumpBack() {
    var meter = new ArrivalMeter();
    for (int i = 0; i < 1000; i++) {
      meter.note(-5 * SECOND + i * SECOND / 100 - (i % 7) * 1000L);
    }
    assertThat(meter.ratePerSecond(5 * SECOND)).isCloseTo(100, within(2.0));
  }

  static long play(ArrivalMeter meter, GapLaw law, int seconds, long seed) {
    var schedule = Schedule.ofDuration(law, Duration.ofSeconds(seconds), seed);
    for (int i = 0; i < schedule.size(); i++) {
      meter.note(schedule.dueNanos(i));
    }
    return schedule.spanNanos();
  }
}
