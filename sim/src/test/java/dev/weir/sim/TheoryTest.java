package dev.weir.sim;

import static dev.weir.sim.Cases.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.balance.PolicySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where queueing theory has a closed form, the simulator gives it. Work has a mean of 1 s.
final class TheoryTest {
  private static final int REQUESTS = 400_000;

  /// M/M/1 at 80 %: 1 / (1 - .8) = 5. A simulator that lets arrivals wait for responses (a closed
  /// loop) gives about 1.
  @Test
  void oneServerMeetsItsClosedForm() {
    assertMean(5.0, 0.25, PolicySpec.ROUND_ROBIN, scenario(1, .8, 1, Discipline.FCFS, REQUESTS));
  }

  /// M/M/4 at 85 %: 1 + ErlangC / (4 * .15) = 2.16. Four separate queues with random choice give
  /// 6.7.
  @Test
  void oneQueueBeforeFourServersIsErlangC() {
    double expected = 1 + erlangC(4, .85) / (4 * .15);
    assertMean(expected, 0.08, PolicySpec.WEIR, scenario(4, .85, 1, Discipline.FCFS, REQUESTS));
  }

  /// M/D/1 at 80 %: 1 + .8 / (2 * .2) = 3 (Pollaczek-Khinchine). With exponential work it is 5.
  @Test
  void constantWorkHalvesTheWait() {
    assertMean(3.0, 0.1, PolicySpec.ROUND_ROBIN, scenario(1, .8, 0, Discipline.FCFS, REQUESTS));
  }

  /// M/G/1 at 70 % with cs² = 4 in order of arrival: 1 + .7 * 5 / (2 * .3) = 6.83.
  @Test
  void variableWorkMakesTheOrderedQueueLong() {
    assertMean(
        1 + .7 * 5 / .6,
        0.6,
        PolicySpec.ROUND_ROBIN,
        scenario(1, .7, 4, Discipline.FCFS, REQUESTS));
  }

  /// Processor sharing does not care how variable work is: 1 / (1 - .7) = 3.33 for any. In order of
  /// arrival cs² = 4 gives 6.83.
  @Test
  void sharingIsInsensitiveToTheLawOfWork() {
    for (double scv : new double[] {0, 1, 4}) {
      assertMean(
          1 / .3, 0.2, PolicySpec.ROUND_ROBIN, scenario(1, .7, scv, Discipline.PS, REQUESTS));
    }
  }

  /// Every fourth arrival of a Poisson stream has Erlang-4 gaps, so round robin over four servers
  /// is E4/M/1 at each: 4.29 at 85 %. Random choice is M/M/1: 6.67.
  @Test
  void roundRobinIsErlangGapsAtEachServer() {
    double expected = 1 / (1 - sigma(4, .85));
    assertThat(expected).isBetween(4.0, 4.5);
    assertMean(
        expected, 0.25, PolicySpec.ROUND_ROBIN, scenario(4, .85, 1, Discipline.FCFS, REQUESTS));
    assertMean(1 / .15, 0.4, PolicySpec.RANDOM, scenario(4, .85, 1, Discipline.FCFS, REQUESTS));
  }

  /// The 99th percentile of M/M/1 at 80 % is ln(100) / .2 = 23.0 times the work.
  @Test
  void percentilesMeetTheClosedForm() {
    PolicyResult outcome =
        Simulation.run(scenario(1, .8, 1, Discipline.FCFS, REQUESTS), PolicySpec.ROUND_ROBIN);
    assertThat(outcome.p99Seconds()).isCloseTo(Math.log(100) / .2, within(1.8));
    assertThat(outcome.p50Seconds()).isCloseTo(Math.log(2) / .2, within(0.2));
    assertThat(outcome.utilisation()).isCloseTo(.8, within(.01));
  }

  /// Three replicas before a database of two cores that does all the work, at 80 % of it: M/M/2,
  /// whichever replica a request goes through, 1 / (1 - .8²) = 2.78. Without the bottleneck nearly
  /// 1.
  @Test
  void aSharedBottleneckIsOneServer() {
    Scenario scenario =
        Cases.scenario(3, 1.6 / 3, 1, Discipline.FCFS, REQUESTS)
            .with(new Bottleneck(2, 1, Discipline.FCFS));
    assertThat(scenario.capacityPerSecond()).isEqualTo(2);
    assertMean(1 / (1 - .64), 0.12, PolicySpec.RANDOM, scenario);
  }

  /// Sharing servers one after the other are independent queues for any law of work (BCMP), and
  /// each is M/G/1: half of the work at one of two replicas, half at a database of one core. Rate
  /// 1.2: .5 / (1 - .3) + .5 / (1 - .6) = 1.96.
  @Test
  void stagesInARowAddUp() {
    Scenario scenario =
        Cases.scenario(2, .6, 1, Discipline.PS, REQUESTS)
            .with(new Bottleneck(1, .5, Discipline.PS));
    assertMean(.5 / .7 + .5 / .4, 0.08, PolicySpec.RANDOM, scenario);
  }

  /// M/M/1 at 40 % with a rate that doubles in the middle: 1 / (1 - .4) before and 1 / (1 - .8)
  /// after.
  @Test
  void theRateMayChange() {
    Scenario scenario =
        Cases.scenario(1, .4, 1, Discipline.FCFS, REQUESTS)
            .with(List.of(new ScenarioEvent.Rate(400_000, 2)));
    ResponseTimes times = Simulation.play(scenario, Variant.of(PolicySpec.RANDOM), _ -> {}).times();
    int changed = times.firstSince(400_000);
    assertThat(changed).isBetween(157_000, 163_000);
    assertThat(times.figures(0, changed).meanSeconds()).isCloseTo(1 / .6, within(.05));
    assertThat(times.figures(changed, times.size()).meanSeconds()).isCloseTo(5, within(.4));
  }

  private static void assertMean(
      double expected, double tolerance, PolicySpec policy, Scenario scenario) {
    assertThat(Simulation.run(scenario, policy).meanSeconds())
        .isCloseTo(expected, within(tolerance));
  }

  private static double erlangC(int k, double rho) {
    double offered = k * rho;
    double blocked = 1;
    for (int i = 1; i <= k; i++) {
      blocked = offered * blocked / (i + offered * blocked);
    }
    return blocked / (1 - rho * (1 - blocked));
  }

  /// The root of sigma = A(1 - sigma), where A is the transform of Erlang-k gaps of mean 1 / rho.
  private static double sigma(int k, double rho) {
    double sigma = rho;
    for (int i = 0; i < 200; i++) {
      sigma = Math.pow(k * rho / (k * rho + 1 - sigma), k);
    }
    return sigma;
  }
}
