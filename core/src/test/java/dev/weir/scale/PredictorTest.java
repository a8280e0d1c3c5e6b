package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testing.Seeds;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Predictions held against exact results, and against what must hold for all.
class PredictorTest {
  private static final Predictor PREDICTOR = new Predictor();

  @ParameterizedTest
  @ValueSource(doubles = {.1, .5, .8, .95, .99})
  void mm1IsExact(double rho) {
    Prediction prediction = PREDICTOR.predict(demand(rho * 10, 1, .1, 1), 1, 1);
    assertThat(prediction.utilisation()).isCloseTo(rho, within(1e-12));
    assertThat(prediction.waitProbability()).isCloseTo(rho, within(1e-12));
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      double exact = -Math.log(1 - percentile / 100) / (10 - rho * 10);
      assertThat(prediction.percentileSeconds(percentile))
          .isCloseTo(exact, Percentage.withPercentage(.1));
    }
  }

  /// Whether slots belong to one replica or to several makes no difference.
  @ParameterizedTest
  @CsvSource({"2, 1, .8", "1, 4, .5", "3, 2, .9", "16, 1, .95", "10, 10, .97"})
  void mmmIsExact(int replicas, int slots, double rho) {
    int m = replicas * slots;
    Prediction prediction = PREDICTOR.predict(demand(rho * m * 10, 1, .1, 1), replicas, slots);
    double waits = WaitProbability.erlangC(rho, m);
    double eta = m * 10 * (1 - rho);
    assertThat(prediction.waitProbability()).isCloseTo(waits, within(1e-9));
    assertThat(prediction.waitMeanSeconds()).isCloseTo(waits / eta, Percentage.withPercentage(.1));
    for (double t : new double[] {.01, .05, .1, .3, .5}) {
      double exact =
          Math.exp(-10 * t) + waits * 10 * (Math.exp(-eta * t) - Math.exp(-10 * t)) / (10 - eta);
      assertThat(prediction.exceeds(t)).isCloseTo(exact, Percentage.withPercentage(.2));
    }
  }

  /// Erlang's C for 2 slots at .5 is 1/3; for 10 at .8 the tables have .4092.
  @Test
  void erlangsFormulaHasItsTabledValues() {
    assertThat(WaitProbability.erlangC(.5, 2)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(WaitProbability.erlangC(.8, 10)).isCloseTo(.4092, within(.0001));
  }

  /// The wait in M/D/1 has Erlang's distribution function of 1909.
  @ParameterizedTest
  @CsvSource({".5, 99", ".8, 90", ".8, 99", ".9, 95", ".9, 99"})
  void md1IsNearlyExact(double rho, double percentile) {
    Prediction prediction = PREDICTOR.predict(demand(rho, 1, 1, 0), 1, 1);
    double t = prediction.percentileSeconds(percentile);
    assertThat(1 - md1Wait(rho, t * .93 - 1)).isGreaterThan(1 - percentile / 100);
    assertThat(1 - md1Wait(rho, t * 1.07 - 1)).isLessThan(1 - percentile / 100);
  }

  /// Pollaczek and Khinchine's mean wait, and exactly rho of the requests wait.
  @ParameterizedTest
  @CsvSource({".3, .1", ".7, .1", ".9, .1", ".9, .5", ".8, 2", ".5, 4", ".95, 4"})
  void mg1HasItsMeanWait(double rho, double scv) {
    Prediction prediction = PREDICTOR.predict(demand(rho, 1, 1, scv), 1, 1);
    assertThat(prediction.waitProbability()).isCloseTo(rho, within(1e-12));
    assertThat(prediction.waitMeanSeconds())
        .isCloseTo(rho * (1 + scv) / 2 / (1 - rho), Percentage.withPercentage(.5));
  }

  /// Two phases of work on one slot: the poles of Pollaczek and Khinchine's transform of the wait.
  @ParameterizedTest
  @CsvSource({".3, 2", ".7, 4", ".95, 9"})
  void twoPhasesOfWorkOnOneSlotAreExact(double rho, double scv) {
    var demand = demand(rho, 1, 1, scv);
    WaitShape shape = WaitShape.of(demand, new WorkQuantiles(demand.work()), 1, rho);
    double share = TwoPhases.shortShare(scv);
    assertThat(shape.slowPerSecond() + shape.fastPerSecond())
        .isCloseTo(2 - rho, Percentage.withPercentage(.5));
    assertThat(shape.slowPerSecond() * shape.fastPerSecond())
        .isCloseTo(4 * share * (1 - share) * (1 - rho), Percentage.withPercentage(.5));
    assertThat(shape.weight()).isBetween(0.0, 1.0);
  }

  /// In GI/M/m every wait is exponential, whatever the gaps.
  @ParameterizedTest
  @CsvSource({"1, .1", "1, 6", "8, .1", "8, 6"})
  void waitsBehindExponentialWorkAreExponential(int m, double gapScv) {
    var demand = demand(.8 * m, gapScv, 1, 1);
    WaitShape shape = WaitShape.of(demand, new WorkQuantiles(demand.work()), m, .8);
    double first = shape.weight() * shape.slowPerSecond();
    double second = shape.weight() == 1 ? 0 : (1 - shape.weight()) * shape.fastPerSecond();
    assertThat(first + second).isCloseTo(shape.slowPerSecond(), Percentage.withPercentage(.5));
  }

  /// In GI/M/1 the probability of waiting sigma solves sigma = E[exp(-mu (1 - sigma) U)], and the
  /// wait decays at mu (1 - sigma). For D/M/1 at .8 sigma is .6286.
  @Test
  void dm1DecaysAsItShould() {
    assertThat(new WaitDecay(demand(.8, 0, 1, 1), 1).perSecond()).isCloseTo(.3714, within(.0001));
    Prediction prediction = PREDICTOR.predict(demand(.8, 0, 1, 1), 1, 1);
    assertThat(prediction.waitProbability()).isCloseTo(.6286, within(.02));
  }

  @Test
  void aClockworkNeverWaits() {
    Prediction prediction = PREDICTOR.predict(demand(9.9, 0, .1, 0), 1, 1);
    assertThat(prediction.waitProbability()).isZero();
    assertThat(prediction.percentileSeconds(99)).isEqualTo(.1);
    assertThat(prediction.exceeds(.1)).isZero();
    assertThat(prediction.exceeds(.0999)).isEqualTo(1);
  }

  @Test
  void loadAtTheCapacityNeverEnds() {
    for (double rate : new double[] {20, 30}) {
      Prediction prediction = PREDICTOR.predict(demand(rate, 1, .1, 1), 2, 1);
      assertThat(prediction.isStable()).isFalse();
      assertThat(prediction.percentileSeconds(50)).isInfinite();
      assertThat(prediction.exceeds(100)).isEqualTo(1);
      assertThat(prediction.waitMeanSeconds()).isInfinite();
    }
  }

  @Test
  void withoutArrivalsThereIsOnlyWork() {
    Prediction prediction = PREDICTOR.predict(demand(0, 1, .1, 1), 1, 1);
    assertThat(prediction.waitProbability()).isZero();
    assertThat(prediction.percentileSeconds(99))
        .isCloseTo(.1 * Math.log(100), Percentage.withPercentage(.1));
  }

  @Test
  void percentilesInvertTheDistribution() {
    Seeds.forAll(
        100,
        random -> {
          int m = random.nextInt(1, 40);
          double rho = random.nextDouble(.05, .99);
          var demand = demand(rho * m, random.nextDouble(0, 6), 1, random.nextDouble(0.05, 6));
          Prediction prediction = PREDICTOR.predict(demand, m, 1);
          for (double percentile : new double[] {10, 50, 95, 99, 99.9}) {
            assertThat(prediction.exceeds(prediction.percentileSeconds(percentile)))
                .isCloseTo(1 - percentile / 100, within(1e-6));
          }
        });
  }

  @Test
  void moreLoadTakesLongerAndMoreReplicasTakeLess() {
    Seeds.forAll(
        100,
        random -> {
          int m = random.nextInt(1, 40);
          double rate = random.nextDouble(.05, .9) * m;
          var demand = demand(rate, random.nextDouble(0, 6), 1, random.nextDouble(0, 6));
          double now = p99(demand, m);
          assertThat(p99(demand.withRate(rate * 1.05), m)).isGreaterThanOrEqualTo(now);
          assertThat(p99(demand, m + 1)).isLessThanOrEqualTo(now * 1.001);
        });
  }

  private static double p99(Demand demand, int replicas) {
    return PREDICTOR.predict(demand, replicas, 1).percentileSeconds(99);
  }

  private static Demand demand(double rate, double gapScv, double mean, double scv) {
    return new Demand(rate, gapScv, new TwoMomentWork(mean, scv));
  }

  /// P(W <= t) for constant work 1 and load rho.
  private static double md1Wait(double rho, double t) {
    double sum = 0;
    double factorial = 1;
    for (int j = 0; j <= t; j++) {
      factorial *= Math.max(1, j);
      sum += Math.pow(-rho * (t - j), j) / factorial * Math.exp(rho * (t - j));
    }
    return (1 - rho) * sum;
  }
}
