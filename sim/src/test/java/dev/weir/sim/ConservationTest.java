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

/// Every request is served, refused, failed or given up, with any servers and clients.
final class ConservationTest {
  @Test
  void nothingIsLost() {
    Seeds.forAll(
        100,
        random -> {
          Scenario scenario = any(random);
          for (PolicySpec policy : PolicySpec.values()) {
            PolicyResult outcome = Simulation.run(scenario, policy);
            assertThat(outcome.arrivals()).isEqualTo(scenario.requests());
            assertThat(
                    outcome.completed()
                        + outcome.errors()
                        + outcome.refused()
                        + outcome.failed()
                        + outcome.cancelled())
                .isEqualTo(outcome.arrivals());
          }
        });
  }

  /// Without crashes and with patient clients every request is served.
  @Test
  void aQuietServiceResponsesEverybody() {
    PolicyResult outcome =
        Simulation.run(Cases.scenario(3, .6, 1, Discipline.PS, 20_000), PolicySpec.WEIR);
    assertThat(outcome.completed()).isEqualTo(20_000);
  }

  /// A crash of one of three loses nothing that can be tried again.
  @Test
  void aCrashIsSurvivedByRetries() {
    Scenario scenario =
        Cases.scenario(3, .3, 1, Discipline.PS, 20_000)
            .with(List.of(new ScenarioEvent.Speed(1_000, 1, 0)));
    PolicyResult outcome = Simulation.run(scenario, PolicySpec.WEIR);
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.completed()).isEqualTo(20_000);
    assertThat(outcome.servers().get(1).share()).isLessThan(.1);
  }

  /// During a rolling update every request is served, in the end by the new replicas.
  @Test
  void anUpdateLosesNothing() {
    Scenario scenario = Cases.scenario(3, .6, 1, Discipline.PS, 20_000);
    PolicyResult outcome =
        Simulation.run(
            scenario.with(ScenarioEvent.rollingUpdate(2_000, 100, scenario.supply().servers())),
            PolicySpec.WEIR);
    assertThat(outcome.completed()).isEqualTo(20_000);
    assertThat(outcome.servers()).hasSize(6);
    assertThat(outcome.servers().subList(0, 3)).allMatch(s -> s.limit() == 0 && s.share() < .15);
    assertThat(outcome.servers().subList(3, 6)).allMatch(s -> s.limit() > 0 && s.share() > .15);
  }

  /// The errors of one server are counted apart from the good responses, and only its own.
  @Test
  void errorsAreCounted() {
    Scenario scenario = Cases.scenario(3, .6, 1, Discipline.PS, 20_000);
    PolicyResult outcome =
        Simulation.run(
            scenario.with(
                List.of(
                    new ScenarioEvent.Errors(1_000, 2, true),
                    new ScenarioEvent.Errors(4_000, 2, false))),
            PolicySpec.ROUND_ROBIN);
    assertThat(outcome.completed() + outcome.errors()).isEqualTo(20_000);
    assertThat(outcome.errors()).isBetween(1_500L, 2_100L);
    assertThat(outcome.servers().get(2).errors()).isEqualTo(outcome.errors());
    assertThat(outcome.servers().get(2).share()).isBetween(.33, .34);
  }

  private static Scenario any(RandomGenerator random) {
    List<ServerSpec> servers = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      servers.add(new ServerSpec(random.nextDouble(.2, 2), random.nextInt(1, 4), 1));
    }
    Scenario quiet =
        Scenario.of(
                law(random.nextDouble(.01, .1), 1),
                law(.05, random.nextInt(3)),
                servers,
                random.nextBoolean() ? Discipline.PS : Discipline.FCFS,
                500,
                random.nextLong())
            .with(random.nextInt(2) * 5_000_000L, random.nextInt(2) * 200_000_000L)
            .with(settings(random))
            .with(events(servers.size(), random))
            .withWarmup(0);
    return random.nextBoolean() ? quiet : quiet.with(bottleneck(random));
  }

  private static BalancerSettings settings(RandomGenerator random) {
    return new BalancerSettings(
        PolicySpec.WEIR, random.nextInt(20), 1_000_000_000L, 200_000_000L, 64);
  }

  private static Bottleneck bottleneck(RandomGenerator random) {
    return new Bottleneck(
        random.nextInt(1, 4),
        random.nextInt(1, 3) * .5,
        random.nextBoolean() ? Discipline.PS : Discipline.FCFS);
  }

  private static List<ScenarioEvent> events(int servers, RandomGenerator random) {
    List<ScenarioEvent> events = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      double at = random.nextDouble(10);
      int server = random.nextInt(servers);
      events.add(
          switch (random.nextInt(6)) {
            case 0 -> new ScenarioEvent.SpeedOfAll(at, random.nextInt(1, 4) * .5);
            case 1 -> new ScenarioEvent.Rate(at, random.nextInt(1, 5) * .5);
            case 2 -> new ScenarioEvent.Join(at, ServerSpec.of(1, random.nextInt(1, 4)));
            case 3 -> new ScenarioEvent.Leave(at, server);
            case 4 -> new ScenarioEvent.Errors(at, server, random.nextBoolean());
            default -> new ScenarioEvent.Speed(at, server, random.nextInt(3) * .5);
          });
    }
    return events;
  }
}
