package dev.weir.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Ratios of rounds, their intervals, and what is made of them.
final class ComparisonTest {
  private static final List<String> BOTH = List.of("a", "b");
  private static final Optional<String> AGAIN = Optional.of("a again");

  /// Logarithms 0, 1, 2 in base 2: mean 1, standard error 1/sqrt 3, and t(2) = 4.3027.
  @Test
  void intervalIsStudentsOfTheLogarithms() {
    Ratio ratio = Ratio.of(List.of(1.0, 2.0, 4.0));
    assertThat(ratio.mean()).isCloseTo(2, within(1e-12));
    double reach = Math.pow(2, 4.302653 / Math.sqrt(3));
    assertThat(ratio.low()).isCloseTo(2 / reach, within(1e-6));
    assertThat(ratio.high()).isCloseTo(2 * reach, within(1e-4));
    assertThat(ratio.uncertainty()).isCloseTo(reach, within(1e-4));
  }

  @Test
  void whichOfTheTwoIsTheBaseDoesNotMatter() {
    Ratio one = Ratio.of(List.of(.8, 1.3, 2.1, .9));
    Ratio other = Ratio.of(List.of(1 / .8, 1 / 1.3, 1 / 2.1, 1 / .9));
    assertThat(other.mean()).isCloseTo(1 / one.mean(), within(1e-12));
    assertThat(other.low()).isCloseTo(1 / one.high(), within(1e-12));
  }

  /// Of 95 % intervals, about 95 % hold the truth; a normal's 1.96 in place of t would score 88 %.
  @Test
  void intervalsOfFiveRoundsCoverAsTheySay() {
    var held = new int[1];
    Seeds.forAll(
        4000,
        random -> held[0] += Ratio.of(ratios(random, Math.log(1.5), .3)).contains(1.5) ? 1 : 0);
    assertThat(held[0]).as("of 4000, seeds 0 to 3999").isBetween(3740, 3860);
  }

  private static List<Double> ratios(RandomGenerator random, double log, double sigma) {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < 5; i++) {
      ratios.add(Math.exp(log + sigma * random.nextGaussian()));
    }
    return ratios;
  }

  @Test
  void whatHitsAWholeRoundCancels() {
    var trials = new ArrayList<Trial>();
    double[] machine = {1, 3, 7};
    for (int round = 1; round <= 3; round++) {
      trials.add(trial(round, "a", 100 * machine[round - 1], true));
      trials.add(trial(round, "b", 200 * machine[round - 1], true));
    }
    VariantResult b =
        Comparison.of(trials, BOTH, Optional.empty(), Measure.P99).results().getLast();
    assertThat(b.ratio(Measure.P99).low()).isCloseTo(2, within(1e-9));
    assertThat(b.ratio(Measure.P99).high()).isCloseTo(2, within(1e-9));
    assertThat(b.finding()).isEqualTo(Finding.WORSE);
    assertThat(b.median(Measure.P99)).isEqualTo(600);
  }

  @Test
  void aRunThatDoesNotCountTakesItsRoundsRatioWithIt() {
    List<Trial> trials =
        List.of(
            trial(1, "a", 100, true),
            trial(1, "b", 50, true),
            trial(2, "a", 9999, false),
            trial(2, "b", 50, true),
            trial(3, "a", 100, true),
            trial(3, "b", 60, true));
    Comparison comparison = Comparison.of(trials, BOTH, Optional.empty(), Measure.P99);
    assertThat(comparison.results().getLast().ratio(Measure.P99).rounds()).containsExactly(.5, .6);
    assertThat(comparison.baseline().excluded()).isEqualTo(1);
    assertThat(comparison.baseline().median(Measure.P99)).isEqualTo(100);
  }

  @Test
  void findingsRespectTheNoiseFloor() {
    Ratio small = Ratio.of(List.of(1.05, 1.06, 1.07));
    assertThat(Finding.of(small, Optional.empty())).isEqualTo(Finding.WORSE);
    assertThat(Finding.of(small, Optional.of(Ratio.of(List.of(.8, 1.0, 1.2)))))
        .isEqualTo(Finding.NOISE);
    assertThat(Finding.of(small, Optional.of(Ratio.of(List.of(.99, 1.0, 1.01)))))
        .isEqualTo(Finding.WORSE);
    assertThat(Finding.of(Ratio.of(List.of(.5, .52, .48)), Optional.empty()))
        .isEqualTo(Finding.BETTER);
    assertThat(Finding.of(Ratio.of(List.of(.5, 1.5, 1.0)), Optional.empty()))
        .isEqualTo(Finding.NOISE);
    assertThat(Finding.of(Ratio.of(List.of(.5)), Optional.empty())).isEqualTo(Finding.UNDECIDED);
  }

  @Test
  void theBaselineAgainstItselfIsTheFloor() {
    List<Trial> trials =
        List.of(
            trial(1, "a", 100, true),
            trial(1, "a again", 110, true),
            trial(1, "b", 300, true),
            trial(2, "a", 100, true),
            trial(2, "a again", 90, true),
            trial(2, "b", 310, true));
    Comparison comparison = Comparison.of(trials, BOTH, AGAIN, Measure.P99);
    assertThat(comparison.results().stream().map(VariantResult::variant))
        .containsExactly("a", "a again", "b");
    assertThat(comparison.noiseFloor().orElseThrow().rounds()).containsExactly(1.1, .9);
    assertThat(comparison.results().get(1).finding()).isEqualTo(Finding.NOISE_FLOOR);
  }

  /// A variant that drops its slow requests has the shorter latencies.
  @Test
  void whoFailsMoreIsNotBetter() {
    assertThat(faster(0).finding()).isEqualTo(Finding.BETTER);
    assertThat(faster(9).finding()).as("0.9 %").isEqualTo(Finding.BETTER);
    assertThat(faster(100).finding()).as("10 %").isEqualTo(Finding.FAILS_MORE);
  }

  private static VariantResult faster(long failed) {
    var trials = new ArrayList<Trial>();
    for (int round = 1; round <= 3; round++) {
      trials.add(trial(round, "a", 100 + round, true, 1000, 0));
      trials.add(trial(round, "b", 50, true, 1000, failed));
    }
    return Comparison.of(trials, BOTH, Optional.empty(), Measure.P99).results().getLast();
  }

  @Test
  void everyRoundRunsEveryoneOnceUnderASeedOfItsOwn() {
    Seeds.forAll(
        50,
        random -> {
          long seed = random.nextLong();
          List<Round> rounds = Round.draw(List.of("a", "a again", "b", "c"), 5, seed);
          assertThat(rounds)
              .hasSize(5)
              .isEqualTo(Round.draw(List.of("a", "a again", "b", "c"), 5, seed));
          assertThat(rounds)
              .allSatisfy(round ->
                  assertThat(round.order()).containsExactlyInAnyOrder("a", "a again", "b", "c"));
          assertThat(rounds.stream().map(Round::scheduleSeed).distinct()).hasSize(5);
        });
  }

  /// Of 24 orders of four, 2,400 rounds show each about a hundred times.
  @Test
  void everyOrderIsAsLikely() {
    var counts = new HashMap<List<String>, Integer>();
    for (int seed = 0; seed < 48; seed++) {
      Round.draw(List.of("a", "b", "c", "d"), 50, seed)
          .forEach(round -> counts.merge(round.order(), 1, Integer::sum));
    }
    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(60, 145));
  }

  @Test
  void roundsAreLimited() {
    assertThatThrownBy(() -> Round.draw(BOTH, 1, 0)).hasMessageContaining("--rounds: 1");
    assertThatThrownBy(() -> Round.draw(BOTH, 51, 0)).hasMessageContaining("2 to 50");
  }

  private static Trial trial(int round, String variant, double p99, boolean counts) {
    return trial(round, variant, p99, counts, 10, 1);
  }

  private static Trial trial(
      int round, String variant, double p99, boolean counts, long requests, long failed) {
    return new Trial(round, variant, counts, Map.of(Measure.P99, p99), requests, failed, "", "");
  }
}
