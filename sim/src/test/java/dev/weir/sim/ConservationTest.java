package dev.weir.sim;

import static dev.weir.sim.Cases.law;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Every request is answered, refused, failed or given up, whatever the servers and clients do.
final class ConservationTest {
  @Test
  void nothingIsLost() {
    Seeds.forAll(
        100,
        random -> {
          Scenario scenario = any(random);
          for (PolicySpec policy : PolicySpec.values()) {
            Outcome outcome = Simulation.run(scenario, policy);
            assertThat(outcome.arrivals()).isEqualTo(scenario.requests());
            assertThat(
                    outcome.completed()
                        + outcome.refused()
                        + outcome.failed()
                        + outcome.cancelled())
                .isEqualTo(outcome.arrivals());
          }
        });
  }

  /// Without crashes and with patience nobody is lost at all.
  @Test
  void aQuietServiceAnswersEverybody() {
    Outcome outcome =
        Simulation.run(Cases.scenario(3, .6, 1, Discipline.PS, 20_000), PolicySpec.WEIR);
    assertThat(outcome.completed()).isEqualTo(20_000);
  }

  /// A crash of one of three loses nothing that can be tried again.
  @Test
  void aCrashIsSurvivedByRetries() {
    Scenario scenario =
        Cases.scenario(3, .3, 1, Discipline.PS, 20_000).with(List.of(new Change(1_000, 1, 0)));
    Outcome outcome = Simulation.run(scenario, PolicySpec.WEIR);
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.completed()).isEqualTo(20_000);
    assertThat(outcome.servers().get(1).share()).isLessThan(.1);
  }

  private static Scenario any(RandomGenerator random) {
    List<ServerSpec> servers = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      servers.add(new ServerSpec(random.nextDouble(.2, 2), random.nextInt(1, 4), 1));
    }
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int server = random.nextInt(servers.size());
      changes.add(new Change(random.nextDouble(5), server, random.nextInt(3) * .5));
    }
    return new Scenario(
        law(random.nextDouble(.01, .1), 1),
        law(.05, random.nextInt(3)),
        servers,
        random.nextBoolean() ? Discipline.PS : Discipline.FCFS,
        500,
        0,
        random.nextInt(2) * 5_000_000L,
        random.nextInt(2) * 200_000_000L,
        changes,
        new BalancerSettings(PolicySpec.WEIR, random.nextInt(20), 1_000_000_000L, 200_000_000L, 64),
        random.nextLong());
  }
}
