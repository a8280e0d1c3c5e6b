package dev.weir.cli.simulate;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.Policies;
import dev.weir.sim.Demand;
import dev.weir.sim.Scenario;
import dev.weir.sim.ScenarioEvent;
import dev.weir.sim.SimulatedRun;
import dev.weir.sim.Simulation;
import dev.weir.sim.Supply;
import dev.weir.sim.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say what is simulated: policies, arrivals, replicas and events.
final class SimulationOptions {
  @HelpSection("Run")
  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      description =
          "Policies to compare: weir, round-robin, random, least-requests, power-of-two,"
              + " peak-ewma. Default: all.")
  private List<String> policies = new ArrayList<>();

  @HelpSection("Run")
  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Number of requests. Default: ${DEFAULT-VALUE}.")
  private int requests;

  @HelpSection("Run")
  @Option(
      names = "--warmup",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "Share of the first requests left out of the figures. Default: ${DEFAULT-VALUE}.")
  private double warmup;

  @HelpSection("Run")
  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Also print figures for each window of this length, by time of arrival.")
  private @Nullable Duration window;

  @HelpSection("Run")
  @Option(
      names = "--explain",
      description =
          "Also print each replica's limit, why and since when it holds, and how it changed.")
  private boolean explain;

  @Mixin private SimulatedArrivals arrivals = new SimulatedArrivals();

  @Mixin private SimulatedReplicas replicas = new SimulatedReplicas();

  @Mixin private SimulatedEvents eventOptions = new SimulatedEvents();

  @Mixin private SimulatedBalancer balancer = new SimulatedBalancer();

  /// The policies to compare, each once.
  List<PolicySpec> policies(Problems problems) {
    var compared = new ArrayList<PolicySpec>();
    (policies.isEmpty() ? new Policies() : policies)
        .forEach(name ->
            OptionParsing.of(problems, () -> PolicySpec.parse("--policies", name))
                .filter(policy -> !compared.contains(policy))
                .ifPresent(compared::add));
    return compared;
  }

  /// The scenario that every policy meets.
  ///
  /// @throws IllegalArgumentException with all problems of the options
  Scenario scenario(long drawn, Problems problems) {
    problems.check(warmup >= 0 && warmup <= 0.99, "--warmup", warmup, "0 to 0.99");
    problems.check(requests >= 1, "--requests", requests, ">= 1");
    if (window != null) {
      problems.check(window.isPositive(), "--window", window, "> 0");
    }
    Optional<Supply> supply = replicas.supply(problems);
    Optional<GapLaw> work = OptionParsing.of(problems, replicas::work);
    Optional<GapLaw> gaps =
        arrivals.gaps(() -> supply.map(replicas::capacityPerSecond).orElse(1.0), problems);
    List<ScenarioEvent> events =
        supply.map(all -> eventOptions.read(all, replicas::declared, problems)).orElse(List.of());
    Optional<BalancerSettings> settings = OptionParsing.of(problems, balancer::settings);
    problems.throwIfAny("simulate");
    int left = (int) (requests * warmup);
    var demand =
        new Demand(
            gaps.orElseThrow(), work.orElseThrow(), requests, left, balancer.patienceNanos());
    Optional<Scenario> scenario =
        OptionParsing.of(
            problems,
            () ->
                new Scenario(demand, supply.orElseThrow(), events, settings.orElseThrow(), drawn));
    problems.throwIfAny("simulate");
    return scenario.orElseThrow();
  }

  /// A simulation of each policy.
  List<SimulationRuns.Task<SimulatedRun>> tasks(Scenario scenario, List<PolicySpec> compared) {
    return compared.stream()
        .map(policy -> new Variant(policy, scenario.settings().limit()))
        .<SimulationRuns.Task<SimulatedRun>>map(variant ->
            progress ->
                explain
                    ? Simulation.explain(scenario, variant, progress)
                    : Simulation.play(scenario, variant, progress))
        .toList();
  }

  SimulatedReplicas replicas() {
    return replicas;
  }

  /// Whether the reasons of limits are printed too.
  boolean isExplained() {
    return explain;
  }

  /// The length of a window with figures of its own; NaN for none.
  double windowSeconds() {
    return window == null ? Double.NaN : window.toNanos() / 1e9;
  }
}
