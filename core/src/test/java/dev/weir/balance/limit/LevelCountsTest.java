package dev.weir.balance.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The likelihood of knees, and the grid that it is taken on.
final class LevelCountsTest {
  @Test
  void everyNumberInFlightBelongsToTheStepThatReachesIt() {
    for (int inFlight = 1; inFlight <= 100_000; inFlight++) {
      int step = Levels.stepOf(inFlight);
      assertThat(Levels.valueOf(step)).isGreaterThanOrEqualTo(inFlight);
      if (step > 0) {
        assertThat(Levels.valueOf(step - 1)).isLessThan(inFlight);
      }
      assertThat(Levels.valueOf(step)).isLessThanOrEqualTo(inFlight + inFlight / 8);
    }
  }

  /// By the formula: knee 1 with one second each at one and two in flight, three completions each.
  @Test
  void theLikelihoodIsTheFormulas() {
    var counts = new LevelCounts();
    counts.spent(1, 1_000);
    counts.spent(2, 1_000);
    for (int i = 0; i < 3; i++) {
      counts.completed(1);
      counts.completed(2);
    }
    double[] sums = new double[Levels.COUNT];
    counts.addLogLikelihoods(sums);
    assertThat(sums[0]).isCloseTo(-6 * Math.log(2_000), within(1e-9));
    assertThat(sums[1]).isCloseTo(3 * Math.log(2) - 6 * Math.log(3_000), within(1e-9));
    assertThat(sums[2]).isEqualTo(sums[1]);
  }

  @Test
  void fadingHalvesWhatWasAndAddsWhatCame() {
    var counts = new LevelCounts();
    counts.spent(1, 100);
    counts.spent(2, 40);
    counts.completed(1);
    counts.completed(1);
    counts.completed(2);
    counts.completed(2);
    var later = new LevelCounts();
    later.spent(1, 10);
    later.spent(40, 8);
    later.completed(1);
    later.completed(40);
    counts.fade(later);
    // At one in flight 50 + 10 ns and 1 + 1 completions, at two 20 ns and 1, at forty 8 ns and 1.
    assertThat(counts.completions()).isEqualTo(4);
    assertThat(counts.completionsFrom(0)).isEqualTo(4);
    assertThat(counts.completionsFrom(Levels.stepOf(2))).isEqualTo(2);
    assertThat(counts.completionsFrom(Levels.stepOf(40))).isEqualTo(1);
    assertThat(counts.rateFrom(0)).isCloseTo(4.0 / 88, within(1e-12));
    assertThat(counts.rateFrom(Levels.stepOf(2))).isCloseTo(2.0 / 28, within(1e-12));
    assertThat(counts.rateFrom(Levels.stepOf(41))).isNaN();
  }

  @Test
  void aNewWindowIsEmpty() {
    var counts = new LevelCounts();
    assertThat(counts.isTimed()).isFalse();
    counts.spent(3, 100);
    counts.completed(3);
    assertThat(counts.isTimed()).isTrue();
    counts.clear();
    assertThat(counts.isTimed()).isFalse();
    assertThat(counts.completions()).isZero();
    // Nothing of the old window comes back with the first of the new one.
    counts.spent(3, 10);
    assertThat(counts.completionsFrom(0)).isZero();
    counts.completed(3);
    assertThat(counts.rateFrom(0)).isCloseTo(0.1, within(1e-12));
  }

  /// M/G/1 with processor sharing: the rate is the same at all levels, so the best knee is 1.
  /// M/G/∞: it grows in proportion, so the best is the highest level seen. M/M/c: it bends at c.
  @Test
  void closedFormsHaveTheirKnees() {
    assertThat(best(n -> 1, .8, 20)).isEqualTo(1);
    assertThat(best(n -> n, 6, 20)).isEqualTo(20);
    for (int c : new int[] {2, 4, 8}) {
      assertThat(best(n -> Math.min(n, c), .8 * c, 20)).isEqualTo(c);
    }
  }

  /// The knee that the stationary times and completions of a birth-death process speak for.
  private static int best(java.util.function.IntUnaryOperator rate, double arrivals, int levels) {
    var counts = new LevelCounts();
    double probability = 1;
    for (int n = 1; n <= levels; n++) {
      probability *= arrivals / rate.applyAsInt(n);
      long nanos = Math.round(1e6 * probability);
      counts.spent(n, nanos);
      for (long i = 0; i < Math.round(nanos * 1e-3 * rate.applyAsInt(n)); i++) {
        counts.completed(n);
      }
    }
    double[] sums = new double[Levels.COUNT];
    counts.addLogLikelihoods(sums);
    double top = Arrays.stream(sums).max().orElse(0);
    int step = 0;
    while (sums[step] < top) {
      step++;
    }
    return Levels.valueOf(step);
  }
}
