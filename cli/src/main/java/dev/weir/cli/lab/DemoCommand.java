package dev.weir.cli.lab;

import dev.weir.balance.PolicySpec;
import dev.weir.base.UserError;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.Interruption;
import dev.weir.cli.option.MainClass;
import dev.weir.cli.runs.Browser;
import dev.weir.lab.local.ChildProcesses;
import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.local.LocalReplicas;
import dev.weir.lab.local.LocalTrial;
import dev.weir.lab.local.LocalTrialRun;
import dev.weir.lab.local.Ports;
import dev.weir.lab.record.MissingRecords;
import dev.weir.load.record.LoadResult;
import dev.weir.report.Report;
import dev.weir.report.RunsSideBySide;
import dev.weir.run.Certificate.Verdict;
import dev.weir.run.RunRecord;
import dev.weir.sim.Variant;
import dev.weir.store.folder.RunFolder;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir demo`: compares weir with round robin in a minute, on one machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Shows in a minute what one late-bound queue does: weir against round robin.",
    description = {
      "Starts replicas of the sample app as local processes, one of them slower, and a balancer in",
      "front; sends a Poisson load, first with the policy weir, then the same schedule with",
      "round-robin; prints the two side by side, writes a report, and stops all it started."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir demo",
      "  weir demo --open",
      "  weir demo --replicas 5 --duration 60s --lambda 40 --seed 7"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final PolicySpec BASELINE = PolicySpec.ROUND_ROBIN;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      defaultValue = "9100",
      description =
          "First port to use, on loopback only; ports in use are skipped. Default:"
              + " ${DEFAULT-VALUE}.")
  private int portBase;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = DurationConverter.class,
      description = "Length of each policy's load. Default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ofSeconds(20);

  @Option(
      names = {"--lambda", "--lamb"},
      paramLabel = "RATE",
      description = "Arrivals per second. Default: a rate at which round robin is still stable.")
  private @Nullable Double lambda;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many replicas, the last of them at 40 %% of the others' speed. Default: ${DEFAULT-VALUE}.")
  private int replicas;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the schedule. Default: a new one, printed.")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where to put the runs and the report. Default: runs/demo-<time>.")
  private @Nullable Path out;

  @Option(names = "--open", description = "Open the report in a browser at the end.")
  private boolean open;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() throws InterruptedException, IOException {
    LocalPlan plan = plan();
    Path folder = out == null ? Path.of("runs", "demo-" + timestamp()) : out;
    List<Integer> ports = ports(plan);
    terminal.print("Demo: " + plan.describe());
    List<LoadResult> results = runAll(plan, folder, ports);
    return results.isEmpty() ? ExitCode.INTERRUPTED : finish(folder, results);
  }

  private LocalPlan plan() {
    int cores = Runtime.getRuntime().availableProcessors();
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    return LocalPlan.fitting(
        cores, replicas, lambda == null ? Double.NaN : lambda, duration, chosen);
  }

  private List<Integer> ports(LocalPlan plan) {
    if (portBase < 1024 || portBase > 65_000) {
      throw new UserError("--port-base: %d (expected: 1024 to 65000)".formatted(portBase));
    }
    Ports.Found found = Ports.from(portBase, plan.replicas() + 2);
    if (!found.used().isEmpty()) {
      terminal.report("ports in use: %s; using %s instead".formatted(found.used(), found.free()));
    }
    return found.free();
  }

  private List<LoadResult> runAll(LocalPlan plan, Path folder, List<Integer> ports)
      throws InterruptedException {
    if (plan.lambda() > plan.capacityPerSecond()) {
      terminal.report(
          String.format(
              Locale.ROOT,
              "note: %s/s is more than the %.0f/s that the replicas can serve; requests will be refused",
              LocalPlan.number(plan.lambda()),
              plan.capacityPerSecond()));
    }
    try (var family = new ChildProcesses(folder.resolve("logs"))) {
      var started = LocalReplicas.start(family, plan, ports.subList(2, ports.size()), terminal);
      var round =
          new LocalTrialRun(
              MainClass.of(spec),
              family,
              started,
              plan,
              terminal,
              LocalTrialRun.WARM_UP,
              LocalTrialRun.QUIET_ROUNDS);
      return rounds(round, plan, folder, ports);
    }
  }

  private List<LoadResult> rounds(
      LocalTrialRun round, LocalPlan plan, Path folder, List<Integer> ports)
      throws InterruptedException {
    var results = new ArrayList<LoadResult>();
    try (var _ = new Interruption(round::stop)) {
      for (PolicySpec spec : List.of(PolicySpec.WEIR, BASELINE)) {
        String policy = spec.label();
        results.add(
            round.run(
                new LocalTrial(
                    policy,
                    Variant.of(spec),
                    "%-11s".formatted(policy),
                    ports.get(0),
                    ports.get(1),
                    folder.resolve(policy),
                    command(plan))));
        if (round.isStopped()) {
          terminal.report("interrupted; all is stopped, and what was recorded is in " + folder);
          return List.of();
        }
      }
    }
    return results;
  }

  /// The baseline comes first: ratios refer to it.
  private int finish(Path folder, List<LoadResult> results) throws IOException {
    List<RunRecord> runs =
        List.of(
            RunFolder.read(folder.resolve(BASELINE.label())),
            RunFolder.read(folder.resolve(PolicySpec.WEIR.label())));
    RunsSideBySide comparison = RunsSideBySide.of(runs);
    List<String> missing = runs.stream().map(MissingRecords::of).flatMap(Optional::stream).toList();
    terminal.print("");
    missing.forEach(terminal::print);
    comparison.lines().forEach(terminal::print);
    terminal.print("");
    Path report = folder.resolve("report.html");
    Report.write(report, runs, "Weir demo");
    terminal.print("Report: " + report.toAbsolutePath().normalize());
    if (open) {
      Browser.open(report, terminal::report);
    }
    return missing.isEmpty() ? exitCode(results) : ExitCode.FAILED;
  }

  private static int exitCode(List<LoadResult> results) {
    if (results.stream().anyMatch(r -> r.certificate().verdict() == Verdict.VOID)) {
      return ExitCode.VOID;
    }
    return results.stream().anyMatch(r -> r.errorCount() > 0) ? ExitCode.FAILED : ExitCode.OK;
  }

  private String command(LocalPlan plan) {
    return "weir demo --replicas %d --lambda %s --duration %s --seed %d"
        .formatted(
            plan.replicas(), LocalPlan.number(plan.lambda()), typed(plan.duration()), plan.seed());
  }

  static String typed(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  static String timestamp() {
    return ZonedDateTime.now(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
  }
}
