package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The figures of recorded arrivals.
class ArrivalFiguresTest {
  @Test
  void poissonIsPlain() {
    ArrivalFigures figures = ArrivalFigures.of(drawn(new Poisson(40), 100_000), .5);
    assertThat(figures.ratePerSecond()).isCloseTo(40, within(.5));
    assertThat(figures.scv()).isCloseTo(1, within(.03));
    assertThat(figures.idc()).isCloseTo(1, within(.1));
  }

  @Test
  void burstsThatHangTogetherShowInTheCounts() {
    var law = new Mmpp(300, 100, 1, 1);
    ArrivalFigures figures = ArrivalFigures.of(drawn(law, 200_000), 1);
    assertThat(figures.idc()).isCloseTo(law.idc(1), within(law.idc(1) / 5));
    assertThat(figures.burstiness()).isEqualTo(figures.idc()).isGreaterThan(5 * figures.scv());
  }

  @Test
  void aShortRecordingHasNoDispersion() {
    ArrivalFigures figures = ArrivalFigures.of(new double[] {0, 1, 3}, 1);
    assertThat(figures.idc()).isNaN();
    assertThat(figures.burstiness()).isEqualTo(figures.scv());
  }

  @Test
  void tooFewArrivalsAreRefused() {
    assertThatThrownBy(() -> ArrivalFigures.of(new double[] {0, 1}, 1))
        .hasMessage("arrivals: 2 (expected: >= 3)");
    assertThatThrownBy(() -> ArrivalFigures.of(new double[] {1, 1, 1}, 1))
        .hasMessageStartingWith("mean gap: 0.0");
  }

  private static double[] drawn(GapLaw law, int count) {
    GapSampler gaps = law.sampler(new SplittableRandom(3));
    double[] at = new double[count];
    for (int i = 1; i < count; i++) {
      at[i] = at[i - 1] + gaps.nextSeconds();
    }
    return at;
  }
}
