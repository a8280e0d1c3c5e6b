package dev.weir.sim;

import static dev.weir.sim.Cases.law;
import static dev.weir.sim.Cases.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The learned limit finds a replica's knee from knowing nothing about it, and is open until then.
final class LimitConvergenceTest {
  private static final ServerSpec SLEEPER = new ServerSpec(1, 100, 1);

  /// A replica that sleeps 50 ms in up to a hundred requests at once, at 90 % of that: open, or
  /// near 100. A limit that begins with the declared core is an outage for seconds.
  @Test
  void aReplicaThatOnlyWaitsIsNeverHeldUp() {
    PolicyResult outcome = run(SLEEPER, 1, 1_800, 0, 54_000);
    int limit = outcome.servers().getFirst().limit();
    assertThat(limit == 0 || (limit >= 90 && limit <= 135)).as("limit %d", limit).isTrue();
    assertThat(run(SLEEPER, 1, 1_000, 0, 18_000).p99Seconds()).isCloseTo(.05, within(.0005));
  }

  /// One core, saturated: 1 or 2. A limit that grows on latency of variable work alone reaches
  /// tens.
  @Test
  void aBusyCoreGetsOneOrTwoSlots() {
    for (double scv : new double[] {0, .1, 1}) {
      PolicyResult outcome = run(new ServerSpec(1, 1, 1), 4, 76, scv, 40_000);
      assertThat(outcome.servers()).allSatisfy(s -> assertThat(s.limit()).isBetween(1, 2));
    }
  }

  /// Four cores that are not declared: 4 or 5.
  @Test
  void coresAreFound() {
    for (double scv : new double[] {0, .1, 1}) {
      PolicyResult outcome = run(new ServerSpec(1, 4, 1), 1, 74, scv, 20_000);
      assertThat(outcome.servers().getFirst().limit()).isBetween(4, 5);
    }
  }

  /// Eight cores are declared and there is one: the limit comes down.
  @Test
  void aLimitTooHighComesDown() {
    PolicyResult outcome = run(new ServerSpec(1, 1, 8), 1, 19.5, .1, 20_000);
    assertThat(outcome.servers().getFirst().limit()).isBetween(1, 3);
  }

  /// No request ever waits inside it: the limit stays open, with any declared cores.
  @Test
  void aReplicaWithoutAKneeStaysOpen() {
    var endless = new ServerSpec(1, Double.POSITIVE_INFINITY, 6);
    for (double scv : new double[] {0, 1, 4}) {
      PolicyResult outcome = run(endless, 4, 240, scv, 40_000);
      assertThat(outcome.servers()).allSatisfy(s -> assertThat(s.limit()).isZero());
    }
  }

  /// Two of four replicas fall to half speed in mid-run: they get half as much as the others, and
  /// the p99 stays near what three such servers can do. Round robin collapses.
  @Test
  void aNoisyNeighbourIsNoticed() {
    Scenario scenario =
        scenario(new ServerSpec(1, 1, 1), 4, 52, 1, 60_000)
            .with(
                List.of(new ScenarioEvent.Speed(100, 0, .5), new ScenarioEvent.Speed(100, 1, .5)));
    PolicyResult outcome = Simulation.run(scenario, PolicySpec.WEIR);
    double slow = outcome.servers().get(0).share();
    double fast = outcome.servers().get(3).share();
    assertThat(slow / fast).isBetween(.4, .65);
    assertThat(outcome.p99Seconds()).isLessThan(1.0);
    assertThat(Simulation.run(scenario, PolicySpec.ROUND_ROBIN).p99Seconds()).isGreaterThan(10);
  }

  private static PolicyResult run(
      ServerSpec server, int k, double lambda, double scv, int requests) {
    return Simulation.run(scenario(server, k, lambda, scv, requests), PolicySpec.WEIR);
  }

  private static Scenario scenario(
      ServerSpec server, int k, double lambda, double scv, int requests) {
    return Scenario.of(
            law(1 / lambda, 1),
            law(.05, scv),
            Collections.nCopies(k, server),
            Discipline.PS,
            requests,
            Cases.SEED)
        .with(settings(BalancerSettings.LIMIT_MAX));
  }
}
