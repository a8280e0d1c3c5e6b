package dev.weir.cli;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.report.CompareReport;
import dev.weir.report.CompareStory;
import dev.weir.stats.Comparison;
import dev.weir.stats.Measure;
import dev.weir.stats.Round;
import dev.weir.stats.Trial;
import dev.weir.store.folder.PrivateFiles;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir compare`: policies, images or replica counts held against each other, in rounds.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare policies, images or replica counts under the same load, in rounds.",
    description = {
      "In every round each of them runs once, in an order of the round's own, under one schedule.",
      "The first is the baseline; it runs twice a round, which shows what no difference looks like.",
      "Prints ratios with 95 %% intervals beside what 'weir simulate' predicts, and draws them.",
      "Policies are compared on this machine, or on a swarm; images and counts on a swarm alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir compare --policies weir,round-robin,least-requests",
      "  weir compare --policies round-robin,weir --rho .85 --work-dist hyperexponential --rounds 10",
      "  weir compare --policies weir,round-robin --slow-last --lambda 30 --duration 10s --json c.json",
      "  weir compare --service web --policies round-robin,weir --lambda 40 --path /primecheck",
      "  weir compare --service web --policies round-robin,weir --rho .8 --path /primecheck",
      "  weir compare --service web --images web:1,web:2 --lambda 40",
      "  weir compare --service web --replica-counts 4,5,6 --lambda 60 --measure p95"
    })
final class CompareCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin private CompareVariants compared = new CompareVariants();
  @Mixin private CompareLoad load = new CompareLoad();
  @Mixin private CompareReplicas replicas = new CompareReplicas();
  @Mixin private CompareService swarm = new CompareService();

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

  @Override
  public Integer call() throws InterruptedException, IOException {
    var problems = new Problems();
    compared.check(swarm.service().isPresent(), problems);
    load.check(problems);
    problems.check(
        json == null || Files.isDirectory(json.toAbsolutePath().resolveSibling("")),
        "--json",
        String.valueOf(json),
        "a file in a folder that exists");
    ComparisonSetup about = swarm.service().isPresent() ? swarmCase(problems) : localCase(problems);
    try (about) {
      return compare(about);
    }
  }

  private ComparisonSetup localCase(Problems problems) {
    swarm.checkLocal(problems);
    Optional<DemoPlan> plan = replicas.plan(load, problems);
    problems.throwIfAny("compare");
    return new LocalComparisonSetup(plan.orElseThrow(), load, replicas.portBase(), terminal);
  }

  private ComparisonSetup swarmCase(Problems problems) {
    swarm.checkSwarm(problems);
    return SwarmComparisonSetup.of(swarm, load, compared, problems, terminal);
  }

  private int compare(ComparisonSetup about) throws InterruptedException, IOException {
    Path folder = out == null ? runsRoot().resolve("compare-" + DemoCommand.timestamp()) : out;
    if (Files.exists(folder.resolve("1-" + CompareRuns.safe(compared.labels().getFirst())))) {
      throw new UserError("--out: %s (expected: a folder without runs in it)".formatted(folder));
    }
    List<Round> rounds = Round.draw(compared.labels(), compared.rounds(), load.seed());
    String command = RepeatCommandLine.of(spec, load.seed());
    var runs =
        new CompareRuns(compared.byLabel(), rounds, folder, command, load.duration(), terminal);
    try (var _ = new Interruption(runs::stop)) {
      runs.execute(opening -> open(about, folder, opening));
      if (runs.isStopped()) {
        terminal.report("weir: interrupted; what was recorded is in " + folder);
      }
      if (runs.completeRounds() > 0) {
        finish(about, runs, command, folder);
      }
    }
    return exitCode(runs);
  }

  private ComparisonTarget open(
      ComparisonSetup about, Path folder, Consumer<ComparisonTarget> opening)
      throws InterruptedException {
    ComparisonTarget target = about.open(folder, opening);
    terminal.print(
        "Compare: %s: %s".formatted(String.join(", ", compared.names()), subject(about)));
    return target;
  }

  private String subject(ComparisonSetup about) {
    return "%s; %s of %s each, seed %d"
        .formatted(
            about.describe(),
            FigureText.count(compared.rounds(), "round"),
            DemoCommand.typed(load.duration()),
            load.seed());
  }

  private static int exitCode(CompareRuns runs) {
    if (runs.isLeftChanged()) {
      return ExitCode.FAILED;
    }
    if (runs.isStopped()) {
      return ExitCode.INTERRUPTED;
    }
    if (!runs.missing().isEmpty() || !CompareTable.noResponse(runs.trials()).isEmpty()) {
      return ExitCode.FAILED;
    }
    boolean none = runs.trials().stream().noneMatch(Trial::counts);
    return runs.hasFailed() ? ExitCode.FAILED : none ? ExitCode.VOID : ExitCode.OK;
  }

  private static Path runsRoot() {
    String root = System.getenv("WEIR_RUNS");
    return Path.of(root == null || root.isEmpty() ? "runs" : root);
  }

  private void finish(ComparisonSetup about, CompareRuns runs, String command, Path folder)
      throws IOException {
    List<Trial> trials = runs.trials();
    Measure measure = compared.measure();
    Comparison comparison = Comparison.of(trials, compared.names(), compared.again(), measure);
    terminal.live("simulating the same");
    Optional<ComparePrediction> prediction =
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
                : prediction.map(ComparePrediction::describe).orElse(""),
            facts(about),
            CompareTable.notes(comparison, trials, runs.completeRounds()),
            command);
    terminal.print("");
    runs.missing().forEach(terminal::print);
    CompareTable.lines(story).forEach(terminal::print);
    terminal.print("");
    story.notes().forEach(terminal::print);
    terminal.print(story.prediction());
    List<Path> files = CompareReport.write(folder, story);
    if (json != null) {
      try (OutputStream out = PrivateFiles.newFileLikeFolder(json)) {
        out.write(CompareTable.json(story, load.seed()).getBytes(StandardCharsets.UTF_8));
      }
    }
    terminal.print("repeat: " + command);
    terminal.print("chart:  " + files.getFirst());
    terminal.print("page:   " + files.getLast().toAbsolutePath().normalize());
    if (open) {
      Browser.open(files.getLast(), terminal::report);
    }
  }

  private static Map<String, String> facts(ComparisonSetup about) {
    var facts = MachineInfo.local().facts();
    facts.putAll(about.facts());
    return facts;
  }
}
