package dev.weir.cli.lab;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.Interruption;
import dev.weir.cli.option.MainClass;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.cli.runs.Browser;
import dev.weir.lab.autoscale.AutoscalePlan;
import dev.weir.lab.autoscale.AutoscaleResult;
import dev.weir.lab.autoscale.AutoscaleSetup.AutoscalePeak;
import dev.weir.lab.compare.ComparisonPrediction;
import dev.weir.lab.compare.ComparisonRuns;
import dev.weir.lab.compare.ComparisonSetup;
import dev.weir.lab.compare.ComparisonTable;
import dev.weir.lab.compare.ComparisonVariant.Rule;
import dev.weir.lab.compare.LocalComparisonSetup;
import dev.weir.lab.compare.MeasuredComparison;
import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.record.FolderName;
import dev.weir.lab.record.MachineInfo;
import dev.weir.report.compare.CompareReport;
import dev.weir.report.compare.CompareStory;
import dev.weir.stats.Comparison;
import dev.weir.stats.Measure;
import dev.weir.stats.Round;
import dev.weir.stats.Trial;
import dev.weir.store.folder.PrivateFiles;
import dev.weir.term.FigureText;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir compare`: compares policies, images, replica counts or rules of autoscaling, in rounds.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header =
        "Compare policies, images, replica counts or rules of autoscaling under the same load, in"
            + " rounds.",
    description = {
      "Every round runs each variant once, in random order, under the same schedule. The first is",
      "the baseline; it runs twice a round, to show how much equal runs differ. Prints ratios",
      "with 95 %% intervals beside what 'weir simulate' predicts, and draws them. Policies are",
      "compared on this machine, or on a swarm; images, counts and rules of autoscaling on a swarm",
      "alone. Rules get a trace of arrivals, and real cold starts; the baseline runs once a round."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir compare --policies weir,round-robin,least-requests",
      "  weir compare --policies round-robin,weir --rho .85 --work-dist hyperexponential --rounds 10",
      "  weir compare --policies weir,round-robin --slow-last --lambda 30 --duration 10s --json c.json",
      "  weir compare --service web --policies round-robin,weir --lambda 40 --path /primecheck",
      "  weir compare --service web --policies round-robin,weir --rho .8 --path /primecheck",
      "  weir compare --service web --images web:1,web:2 --lambda 40",
      "  weir compare --service web --replica-counts 4,5,6 --lambda 60 --measure p95",
      "  weir compare --service web --autoscale weir,cpu --slo 'p99<300ms' --scale 1..6 --rounds 2",
      "  weir compare --service web --autoscale cpu,weir,fixed=4 --slo 'p99<1s' --trace flash --peak 40"
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin private CompareVariantOptions compared = new CompareVariantOptions();
  @Mixin private CompareAutoscaleOptions scaled = new CompareAutoscaleOptions();
  @Mixin private CompareLoadOptions load = new CompareLoadOptions();
  @Mixin private CompareReplicaOptions replicas = new CompareReplicaOptions();
  @Mixin private CompareServiceOptions swarm = new CompareServiceOptions();

  @HelpSection("Results")
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where to put runs, chart and page. Default: compare-<time> in $WEIR_RUNS, or in runs.")
  private @Nullable Path out;

  @HelpSection("Results")
  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON too.")
  private @Nullable Path json;

  @HelpSection("Results")
  @Option(names = "--open", description = "Open the page in a browser at the end.")
  private boolean open;

  private final Terminal terminal = Terminal.system();
  private Optional<AutoscalePlan> plan = Optional.empty();

  @Override
  public Integer call() throws InterruptedException, IOException {
    var problems = new Problems();
    problems.check(
        json == null || Files.isDirectory(json.toAbsolutePath().resolveSibling("")),
        "--json",
        String.valueOf(json),
        "a file in a folder that exists");
    ComparisonSetup setup = scaled.isAsked() ? scaledSetup(problems) : setup(problems);
    try (setup) {
      return compare(setup);
    }
  }

  private ComparisonSetup setup(Problems problems) {
    compared.check(swarm.service().isPresent(), problems);
    load.check(problems);
    scaled.checkUnasked(problems);
    return swarm.service().isPresent() ? swarmSetup(problems) : localSetup(problems);
  }

  private ComparisonSetup scaledSetup(Problems problems) {
    load.usualDuration(CompareAutoscaleOptions.DURATION_DEFAULT);
    List<Rule> rules = scaled.rules(problems);
    compared.takeRules(rules, swarm.service().isPresent(), problems);
    AutoscalePeak peak = scaled.peak(load.rho());
    load.checkTraced(peak.perSecond().isPresent(), problems);
    plan = scaled.plan(spec, load.duration(), problems);
    if (plan.isEmpty()) {
      problems.throwIfAny("compare");
    }
    return swarm.setup(plan.orElseThrow(), rules, peak, load, compared, problems, terminal);
  }

  private ComparisonSetup localSetup(Problems problems) {
    swarm.checkLocal(problems);
    Optional<LocalPlan> plan = replicas.plan(load, problems);
    problems.throwIfAny("compare");
    return new LocalComparisonSetup(
        MainClass.of(spec), plan.orElseThrow(), load, replicas.portBase(), terminal);
  }

  private ComparisonSetup swarmSetup(Problems problems) {
    return swarm.setup(load, compared, problems, terminal);
  }

  private int compare(ComparisonSetup setup) throws InterruptedException, IOException {
    Path folder = out == null ? runsRoot().resolve("compare-" + DemoCommand.timestamp()) : out;
    if (Files.exists(folder.resolve("1-" + FolderName.of(compared.labels().getFirst())))) {
      throw new UserError("--out: %s (expected: a folder without runs in it)".formatted(folder));
    }
    List<Round> rounds =
        Round.draw(compared.labels(), compared.rounds(), compared.roundsMin(), load.seed());
    String command = RepeatCommandLine.of(spec, load.seed());
    var runs =
        new ComparisonRuns(compared.byLabel(), rounds, folder, command, load.duration(), terminal);
    try (var _ = new Interruption(runs::stop)) {
      var measured = new AtomicReference<@Nullable MeasuredComparison>();
      runs.execute(stopper -> {
        Optional<MeasuredComparison> opened = setup.open(folder, stopper);
        opened.ifPresent(this::announce);
        measured.set(opened.orElse(null));
        return opened.map(MeasuredComparison::target);
      });
      if (runs.isStopped()) {
        terminal.report("weir: interrupted; what was recorded is in " + folder);
      }
      MeasuredComparison about = measured.get();
      if (about != null && runs.completeRounds() > 0) {
        if (plan.isPresent()) {
          finishScaled(plan.get(), about, runs, command, folder);
        } else {
          finish(about, runs, command, folder);
        }
      }
    }
    return exitCode(runs);
  }

  private void announce(MeasuredComparison about) {
    terminal.print(
        "Compare: %s: %s".formatted(String.join(", ", compared.names()), subject(about)));
  }

  private String subject(MeasuredComparison about) {
    return "%s; %s of %s each, seed %d"
        .formatted(
            about.describe(),
            FigureText.count(compared.rounds(), "round"),
            DemoCommand.typed(load.duration()),
            load.seed());
  }

  private static int exitCode(ComparisonRuns runs) {
    if (runs.isLeftChanged()) {
      return ExitCode.FAILED;
    }
    if (runs.isStopped()) {
      return ExitCode.INTERRUPTED;
    }
    if (!runs.missing().isEmpty() || !ComparisonTable.noResponse(runs.trials()).isEmpty()) {
      return ExitCode.FAILED;
    }
    boolean none = runs.trials().stream().noneMatch(Trial::counts);
    return runs.hasFailed() ? ExitCode.FAILED : none ? ExitCode.VOID : ExitCode.OK;
  }

  private static Path runsRoot() {
    String root = System.getenv("WEIR_RUNS");
    return Path.of(root == null || root.isEmpty() ? "runs" : root);
  }

  private void finish(MeasuredComparison about, ComparisonRuns runs, String command, Path folder)
      throws IOException {
    List<Trial> trials = runs.trials();
    Measure measure = compared.measure();
    Comparison comparison = Comparison.of(trials, compared.names(), compared.again(), measure);
    terminal.live("simulating the same");
    Optional<ComparisonPrediction> prediction =
        compared.isPredicted() ? about.prediction(compared.first()) : Optional.empty();
    var predicted =
        new LinkedHashMap<String, Double>(
            prediction.map(one -> one.ratios(measure, load.seed())).orElse(Map.of()));
    var story =
        new CompareStory(
            "weir compare: " + String.join(", ", compared.names()),
            subject(about),
            comparison,
            trials,
            predicted,
            predicted.isEmpty()
                ? about.whyNotPredicted()
                : prediction.map(ComparisonPrediction::describe).orElse(""),
            facts(about),
            ComparisonTable.notes(comparison, trials, runs.completeRounds()),
            command);
    terminal.print("");
    runs.missing().forEach(terminal::print);
    ComparisonTable.lines(story).forEach(terminal::print);
    terminal.print("");
    story.notes().forEach(terminal::print);
    terminal.print(story.prediction());
    List<Path> files = CompareReport.write(folder, story);
    close(files, ComparisonTable.json(story, load.seed()), command);
  }

  private void finishScaled(
      AutoscalePlan plan,
      MeasuredComparison about,
      ComparisonRuns runs,
      String command,
      Path folder)
      throws IOException {
    var result =
        AutoscaleResult.of(
            folder, runs.trials(), compared.names(), swarm.service().orElseThrow(), plan);
    terminal.print("");
    runs.missing().forEach(terminal::print);
    result.lines().forEach(terminal::print);
    terminal.print("");
    result.notes().forEach(terminal::print);
    terminal.print(about.whyNotPredicted());
    List<Path> files = result.write("weir compare: " + String.join(", ", compared.names()));
    close(files, result.json(command, load.seed(), subject(about), facts(about)), command);
  }

  /// Writes the figures, and says where everything is.
  ///
  /// @param files the chart first, the page last
  private void close(List<Path> files, String figures, String command) throws IOException {
    if (json != null) {
      try (OutputStream out = PrivateFiles.newFileLikeFolder(json)) {
        out.write(figures.getBytes(StandardCharsets.UTF_8));
      }
    }
    terminal.print("repeat: " + command);
    terminal.print("chart:  " + files.getFirst());
    terminal.print("page:   " + files.getLast().toAbsolutePath().normalize());
    if (open) {
      Browser.open(files.getLast(), terminal::report);
    }
  }

  private static Map<String, String> facts(MeasuredComparison about) {
    var facts = MachineInfo.local().facts();
    facts.putAll(about.facts());
    return facts;
  }
}
