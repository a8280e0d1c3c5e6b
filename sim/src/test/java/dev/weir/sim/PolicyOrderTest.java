package dev.weir.sim;

import static dev.weir.sim.Cases.law;
import static dev.weir.sim.Cases.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.balance.PolicySpec;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which policy beats which, and by how much: p99 in units of the mean work at 85 % of four
/// one-core servers that share their core.
final class PolicyOrderTest {
  private static final int REQUESTS = 150_000;

  /// Round robin 11, least requests 9, one queue 5. A `weir` that binds early gives 9.
  @Test
  void regularWork() {
    Map<PolicySpec, Double> p99 = p99(equalServers(.1));
    assertThat(p99.get(PolicySpec.ROUND_ROBIN)).isCloseTo(11, within(1.0));
    assertThat(p99.get(PolicySpec.LEAST_REQUESTS)).isCloseTo(9, within(1.0));
    assertThat(p99.get(PolicySpec.WEIR)).isCloseTo(5, within(0.5));
  }

  /// Round robin 32, least requests 15, one queue 9 (theory for M/M/4).
  @Test
  void exponentialWork() {
    Map<PolicySpec, Double> p99 = p99(equalServers(1));
    assertThat(p99.get(PolicySpec.ROUND_ROBIN)).isCloseTo(32, within(4.0));
    assertThat(p99.get(PolicySpec.LEAST_REQUESTS)).isCloseTo(15, within(1.5));
    assertThat(p99.get(PolicySpec.WEIR)).isCloseTo(9, within(0.9));
    assertThat(p99.get(PolicySpec.POWER_OF_TWO))
        .isBetween(p99.get(PolicySpec.LEAST_REQUESTS), p99.get(PolicySpec.RANDOM));
    assertThat(p99.get(PolicySpec.PEAK_EWMA)).isLessThan(p99.get(PolicySpec.ROUND_ROBIN));
  }

  /// Round robin 74, least requests 30, one queue 23.
  @Test
  void variableWork() {
    Map<PolicySpec, Double> p99 = p99(equalServers(4));
    assertThat(p99.get(PolicySpec.ROUND_ROBIN)).isCloseTo(70, within(14.0));
    assertThat(p99.get(PolicySpec.LEAST_REQUESTS)).isCloseTo(29, within(4.0));
    assertThat(p99.get(PolicySpec.WEIR)).isCloseTo(23, within(4.0));
  }

  /// One of four servers at 40 % of the speed, 85 % of what they can do together, work of 50 ms:
  /// round robin collapses, least requests 1.0 s, one queue with fastest-free 0.5 s.
  @Test
  void aSlowServerIsSpared() {
    List<ServerSpec> servers =
        List.of(
            ServerSpec.of(1, 1), ServerSpec.of(1, 1), ServerSpec.of(1, 1), ServerSpec.of(.4, 1));
    Scenario scenario =
        Scenario.of(
                law(.05 / 3.4 / .85, 1), law(.05, 1), servers, Discipline.PS, REQUESTS, Cases.SEED)
            .with(settings(1024));
    Map<PolicySpec, Double> p99 = p99(scenario);
    assertThat(p99.get(PolicySpec.ROUND_ROBIN)).isGreaterThan(20.0);
    assertThat(p99.get(PolicySpec.LEAST_REQUESTS)).isCloseTo(1.03, within(0.15));
    assertThat(p99.get(PolicySpec.WEIR)).isLessThan(0.65);
  }

  /// The same seed brings the same work to every policy: together they spend the same core time.
  @Test
  void everyPolicyMeetsTheSameRequests() {
    Scenario scenario = Cases.scenario(4, .5, 1, Discipline.PS, 20_000);
    PolicyResult one = Simulation.run(scenario, PolicySpec.RANDOM);
    PolicyResult other = Simulation.run(scenario, PolicySpec.LEAST_REQUESTS);
    assertThat(one.utilisation() * one.seconds())
        .isCloseTo(other.utilisation() * other.seconds(), within(0.001));
    assertThat(Simulation.run(scenario, PolicySpec.RANDOM)).isEqualTo(one);
  }

  private static Scenario equalServers(double scv) {
    return Scenario.of(
            law(1 / 3.4, 1),
            law(1, scv),
            Collections.nCopies(4, ServerSpec.of(1, 1)),
            Discipline.PS,
            REQUESTS,
            Cases.SEED)
        .with(settings(1024));
  }

  private static Map<PolicySpec, Double> p99(Scenario scenario) {
    var p99 = new EnumMap<PolicySpec, Double>(PolicySpec.class);
    for (PolicySpec policy : PolicySpec.values()) {
      p99.put(policy, Simulation.run(scenario, policy).p99Seconds());
    }
    return p99;
  }
}
