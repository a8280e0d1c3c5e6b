package dev.weir.sim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A trace that is squeezed keeps its rates; only their changes come sooner.
final class LoadTraceTest {
  @Test
  void aSqueezedStepIsAStep() {
    LoadTrace step = LoadTraces.STEP.trace(40, 1).within(300);
    assertThat(step.seconds()).isEqualTo(300);
    assertThat(step.perSecond(99)).isEqualTo(10);
    assertThat(step.perSecond(100)).isEqualTo(40);
    assertThat(step.perSecond(199)).isEqualTo(40);
    assertThat(step.perSecond(200)).isEqualTo(10);
  }

  @Test
  void ratesAreMeansOverWhatEachSecondHolds() {
    LoadTrace trace = LoadTrace.ofRates("x", new double[] {1, 2, 3, 4, 5, 6});
    LoadTrace half = trace.within(4);
    // 1.5 seconds each: 1 and half of 2; half of 2 and 3; and so on.
    assertThat(half.perSecond(0)).isEqualTo((1 + 2 * 0.5) / 1.5, within(1e-12));
    assertThat(half.perSecond(1)).isEqualTo((2 * 0.5 + 3) / 1.5, within(1e-12));
    assertThat(half.perSecond(3)).isEqualTo((5 * 0.5 + 6) / 1.5, within(1e-12));
    assertThat(trace.within(12).perSecond(3)).as("stretched").isEqualTo(2, within(1e-12));
  }

  @Test
  void arrivalsFollowTheRates() {
    LoadTrace trace = LoadTraces.DIURNAL.trace(50, 1).within(600);
    double[] arrivals = trace.arrivalSeconds(new SplittableRandom(7));
    assertThat(arrivals).isSorted();
    assertThat(arrivals).isEqualTo(trace.arrivalSeconds(new SplittableRandom(7)));
    // The mean of a day is .55 of its peak; the standard deviation is 128.
    assertThat(arrivals.length).isCloseTo(16_500, within(600));
    long middle = Arrays.stream(arrivals).filter(at -> at >= 275 && at < 325).count();
    long edge = Arrays.stream(arrivals).filter(at -> at < 50).count();
    assertThat(middle).as("at the peak").isGreaterThan(7 * edge);
  }
}
