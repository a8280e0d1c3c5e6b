package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Laws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The laws of work that two moments determine.
class TwoMomentWorkTest {
  @ParameterizedTest
  @ValueSource(doubles = {.01, .1, .5, 1, 2, 4, 25})
  void quantilesInvertTheLaw(double scv) {
    var work = new TwoMomentWork(.06, scv);
    var law = Laws.withScv(.06, scv);
    for (double p : new double[] {.001, .1, .5, .9, .99, .999, .99999}) {
      assertThat((1 - law.cdf(work.quantile(p))) / (1 - p)).isCloseTo(1, within(1e-6));
    }
    assertThat(work.quantile(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {.1, .5, 1, 2, 4})
  void theTransformHasTheMomentsOfTheLaw(double scv) {
    var work = new TwoMomentWork(.06, scv);
    double step = 1e-3 / .06;
    double first = (work.mgf(step) - 1) / step;
    double second = (work.mgf(2 * step) - 2 * work.mgf(step) + 1) / (step * step);
    assertThat(first).isCloseTo(.06, within(.06 * .01));
    assertThat(second).isCloseTo(.06 * .06 * (1 + scv), within(.06 * .06 * (1 + scv) * .03));
  }

  @Test
  void theTransformDivergesWhereTheTailDoes() {
    assertThat(new TwoMomentWork(.1, 1).logMgf(9.999)).isFinite();
    assertThat(new TwoMomentWork(.1, 1).logMgf(10)).isInfinite();
    assertThat(new TwoMomentWork(.1, 4).logMgf(10)).isInfinite();
    assertThat(new TwoMomentWork(.1, 0).mgf(10)).isEqualTo(Math.E, within(1e-12));
  }

  @Test
  void constantWorkHasOneQuantile() {
    var work = new TwoMomentWork(.2, 0);
    assertThat(work.quantile(.001)).isEqualTo(.2);
    assertThat(work.quantile(.999)).isEqualTo(.2);
  }
}
