package dev.weir.cli.simulate;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.Policies;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.sim.Demand;
import dev.weir.sim.PolicyResult;
import dev.weir.sim.Scenario;
import dev.weir.sim.ScenarioEvent;
import dev.weir.sim.SimulatedRun;
import dev.weir.sim.Simulation;
import dev.weir.sim.Supply;
import dev.weir.sim.Variant;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir simulate`: the policies compared on virtual time.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    header = "Compare balancing policies on virtual time.",
    description = {
      "Drives the balancer that the proxy runs, with simulated arrivals and replicas. Every policy",
      "meets the same arrivals and the same work. Percentiles are exact; S is the mean service time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir simulate",
      "  weir simulate --rho .9 --service-law hyperexponential --service-scv 4",
      "  weir simulate --time-dist weibull --shape 0.5 --rho 0.7",
      "  weir simulate --time-dist mmpp --lambda1 120 --lambda2 10 --sojourn1 2 --sojourn2 4",
      "  weir simulate --replicas 3x1,1x0.4 --policies weir,least-requests --seed 7",
      "  weir simulate --change 60s:1=0.5 --change 120s:1=1",
      "  weir simulate --rho .5 --rate 60s=2 --update 90s:5s --window 10s",
      "  weir simulate --policies weir --rho .9 --explain",
      "  weir simulate --suite"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final long SEED_MAX = 1_000_000_000;
  private static final long SUITE_SEED = 1;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @HelpSection("Run")
  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      description =
          "Which to compare: weir, round-robin, random, least-requests, power-of-two, peak-ewma."
              + " Default: all.")
  private List<String> policies = new ArrayList<>();

  @HelpSection("Run")
  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many arrive. Default: ${DEFAULT-VALUE}.")
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
      description = "Also print the figures of each such stretch of time, by time of arrival.")
  private @Nullable Duration window;

  @HelpSection("Run")
  @Option(
      names = "--explain",
      description =
          "Also say which limit each replica has, why and since when, and how it changed.")
  private boolean explain;

  @Mixin private SimulatedArrivals arrivals = new SimulatedArrivals();

  @Mixin private SimulatedReplicas replicas = new SimulatedReplicas();

  @Mixin private SimulatedEvents eventOptions = new SimulatedEvents();

  @Mixin private SimulatedBalancer balancer = new SimulatedBalancer();

  @Mixin private SimulatedSuite suite = new SimulatedSuite();

  @HelpSection("Run")
  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed that simulates the same again; of the suite, the first. Default: random, and"
              + " printed; of the suite, 1.")
  private @Nullable Long seed;

  @HelpSection("Run")
  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (suite.isAsked()) {
      long first = seed == null ? SUITE_SEED : seed;
      return suite.run(spec, first, json) ? ExitCode.OK : ExitCode.FAILED;
    }
    long drawn = seed == null ? new SplittableRandom().nextLong(SEED_MAX) : seed;
    var problems = new Problems();
    var compared = new ArrayList<PolicySpec>();
    (policies.isEmpty() ? new Policies() : policies)
        .forEach(name ->
            OptionParsing.of(problems, () -> PolicySpec.parse("--policies", name))
                .filter(policy -> !compared.contains(policy))
                .ifPresent(compared::add));
    Scenario scenario = scenario(drawn, problems);
    List<SimulatedRun> played =
        SimulationRuns.all("simulate", tasks(scenario, compared), scenario.requests());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          SimulationTable.json(
              played, windowSeconds(), explain, RepeatCommandLine.of(spec, drawn), drawn));
    } else {
      print(scenario, played, drawn, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Scenario scenario(long drawn, Problems problems) {
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

  private List<SimulationRuns.Task<SimulatedRun>> tasks(
      Scenario scenario, List<PolicySpec> compared) {
    return compared.stream()
        .map(policy -> new Variant(policy, scenario.settings().limit()))
        .<SimulationRuns.Task<SimulatedRun>>map(variant ->
            progress ->
                explain
                    ? Simulation.explain(scenario, variant, progress)
                    : Simulation.play(scenario, variant, progress))
        .toList();
  }

  private double windowSeconds() {
    return window == null ? Double.NaN : window.toNanos() / 1e9;
  }

  private void print(Scenario scenario, List<SimulatedRun> played, long drawn, PrintWriter out) {
    out.printf(
        "%d requests, gaps %s, work %s, %s, seed %d%n%n",
        scenario.requests(),
        scenario.demand().gaps().describe(),
        scenario.demand().work().describe(),
        replicas.describe(),
        drawn);
    List<PolicyResult> outcomes = played.stream().map(SimulatedRun::outcome).toList();
    SimulationTable.lines(outcomes, replicas.meanSeconds()).forEach(out::println);
    if (window != null) {
      out.println();
      SimulationTable.windows(played, windowSeconds()).forEach(out::println);
    }
    if (explain) {
      SimulationReasons.lines(played).forEach(out::println);
    }
    out.printf("%nrepeat: %s%n", RepeatCommandLine.of(spec, drawn));
  }
}
