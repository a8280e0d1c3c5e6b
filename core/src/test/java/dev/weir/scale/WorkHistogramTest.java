package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Laws;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the histogram remembers of measured work.
class WorkHistogramTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, .1, 1, 4})
  void theMeasuredLawIsThatOfTheValues(double scv) {
    WorkLaw law = measured(scv, 100_000, 1).law(.06);
    var truth = new TwoMomentWork(.06, scv);
    assertThat(law.meanSeconds()).isEqualTo(.06);
    assertThat(law.scv()).isCloseTo(scv, within(.02 + scv * .15));
    for (double p : new double[] {.5, .9, .99}) {
      assertThat(law.quantile(p)).isCloseTo(truth.quantile(p), Percentage.withPercentage(8));
    }
    assertThat(law.logMgf(1)).isCloseTo(truth.logMgf(1), Percentage.withPercentage(1 + 3 * scv));
  }

  @Test
  void theShapeIsScaledToTheMeanMeasuredOverLonger() {
    WorkHistogram histogram = measured(1, 10_000, 2);
    WorkLaw law = histogram.law(.06);
    WorkLaw slower = histogram.law(.12);
    assertThat(slower.quantile(.99)).isCloseTo(2 * law.quantile(.99), within(1e-9));
    assertThat(slower.scv()).isCloseTo(law.scv(), within(1e-9));
    assertThat(slower.logMgf(3)).isCloseTo(law.logMgf(6), within(1e-9));
  }

  @Test
  void oldWorkIsForgotten() {
    WorkHistogram histogram = measured(1, 20_000, 3);
    for (int i = 0; i < 100_000; i++) {
      histogram.note(.010);
    }
    assertThat(histogram.law(.010).quantile(.99)).isCloseTo(.010, Percentage.withPercentage(4));
  }

  @Test
  void millionsOfValuesOverflowNothing() {
    var histogram = new WorkHistogram();
    for (int i = 0; i < 12_000_000; i++) { // the weight of a value grows to 1e100 at 2.3 million
      histogram.note((i & 1) == 0 ? .01 : .03);
    }
    WorkLaw law = histogram.law(.02);
    assertThat(law.scv()).isCloseTo(.25, within(.01));
    assertThat(law.quantile(.25)).isCloseTo(.01, Percentage.withPercentage(4));
    assertThat(law.quantile(.75)).isCloseTo(.03, Percentage.withPercentage(4));
  }

  @Test
  void valuesOutOfRangeCountAtItsEnds() {
    var histogram = new WorkHistogram();
    histogram.note(-1);
    histogram.note(0);
    histogram.note(1e9);
    assertThat(histogram.noted()).isEqualTo(3);
    assertThat(histogram.law(1).quantile(.5)).isLessThan(1e-6);
  }

  @Test
  void anEmptyHistogramHasNoLaw() {
    assertThatThrownBy(() -> new WorkHistogram().law(1)).isInstanceOf(IllegalStateException.class);
  }

  private static WorkHistogram measured(double scv, int count, long seed) {
    var histogram = new WorkHistogram();
    var sampler = Laws.withScv(.06, scv).sampler(new SplittableRandom(seed));
    for (int i = 0; i < count; i++) {
      histogram.note(sampler.nextSeconds());
    }
    return histogram;
  }
}
