package dev.weir.cli.simulate;

import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.sim.PolicyResult;
import dev.weir.sim.Scenario;
import dev.weir.sim.SimulatedRun;
import java.io.PrintWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir simulate`: compares the policies on virtual time.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    header = "Compare balancing policies, or rules of autoscaling, on virtual time.",
    description = {
      "Runs the proxy's own balancer with simulated arrivals and replicas. Every policy gets the",
      "same arrivals and the same work. Percentiles are exact; S is the mean service time."
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
      "  weir simulate --suite",
      "  weir simulate --autoscale --peak 10 --seeds 3",
      "  weir simulate --autoscale cpu,weir --trace flash --queue late-last --chart flash.png"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final long SEED_MAX = 1_000_000_000;
  private static final long SUITE_SEED = 1;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Mixin private SimulationOptions options = new SimulationOptions();

  @Mixin private SimulatedSuite suite = new SimulatedSuite();

  @Mixin private SimulatedAutoscaling autoscaling = new SimulatedAutoscaling();

  @HelpSection("Run")
  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed that repeats a simulation; with --suite or --autoscale, the first seed. Default:"
              + " random, and printed; with these two, 1.")
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
    if (autoscaling.isAsked()) {
      long first = seed == null ? SUITE_SEED : seed;
      new AutoscaleComparison(spec, autoscaling, first, suite.seeds()).run(json);
      return ExitCode.OK;
    }
    long drawn = seed == null ? new SplittableRandom().nextLong(SEED_MAX) : seed;
    var problems = new Problems();
    List<PolicySpec> compared = options.policies(problems);
    Scenario scenario = options.scenario(drawn, problems);
    List<SimulatedRun> played =
        SimulationRuns.all("simulate", options.tasks(scenario, compared), scenario.requests());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          SimulationTable.json(
              played,
              options.windowSeconds(),
              options.isExplained(),
              RepeatCommandLine.of(spec, drawn),
              drawn));
    } else {
      print(scenario, played, drawn, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void print(Scenario scenario, List<SimulatedRun> played, long drawn, PrintWriter out) {
    out.printf(
        "%d requests, gaps %s, work %s, %s, seed %d%n%n",
        scenario.requests(),
        scenario.demand().gaps().describe(),
        scenario.demand().work().describe(),
        options.replicas().describe(),
        drawn);
    List<PolicyResult> outcomes = played.stream().map(SimulatedRun::outcome).toList();
    SimulationTable.lines(outcomes, options.replicas().meanSeconds()).forEach(out::println);
    if (!Double.isNaN(options.windowSeconds())) {
      out.println();
      SimulationTable.windows(played, options.windowSeconds()).forEach(out::println);
    }
    if (options.isExplained()) {
      SimulationReasons.lines(played).forEach(out::println);
    }
    out.printf("%nrepeat: %s%n", RepeatCommandLine.of(spec, drawn));
  }
}
