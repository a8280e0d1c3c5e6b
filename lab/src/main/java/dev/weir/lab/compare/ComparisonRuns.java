package dev.weir.lab.compare;

import dev.weir.base.UserError;
import dev.weir.lab.record.FolderName;
import dev.weir.lab.record.MissingRecords;
import dev.weir.load.record.LoadResult;
import dev.weir.report.Summary;
import dev.weir.run.Certificate.Verdict;
import dev.weir.run.RunRecord;
import dev.weir.stats.Measure;
import dev.weir.stats.Round;
import dev.weir.stats.Trial;
import dev.weir.store.folder.RunFolder;
import dev.weir.swarm.engine.EngineException;
import dev.weir.term.FigureText;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the runs of a comparison, one after another, and keeps their results.
public final class ComparisonRuns {
  /// The time between two loads, until it has been measured.
  private static final Duration BETWEEN_FIRST = Duration.ofSeconds(7);

  private final Map<String, ComparisonVariant> variants;
  private final List<Round> rounds;
  private final Path folder;
  private final String command;
  private final Duration duration;
  private final Terminal terminal;
  private final List<Trial> trials = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private long startNanos;
  private volatile @Nullable Runnable preparing;
  private volatile @Nullable ComparisonTarget target;
  private volatile boolean stopped;
  private @Nullable RuntimeException failure;

  /// @param variants by the names that rounds call them
  /// @param duration of each run's load
  public ComparisonRuns(
      Map<String, ComparisonVariant> variants,
      List<Round> rounds,
      Path folder,
      String command,
      Duration duration,
      Terminal terminal) {
    this.variants = variants;
    this.rounds = rounds;
    this.folder = folder;
    this.command = command;
    this.duration = duration;
    this.terminal = terminal;
  }

  /// Prepares the target before the first run.
  @FunctionalInterface
  public interface Opening {
    /// Prepares it.
    ///
    /// @param stopper receives the action that stops the preparation, before it begins
    /// @return empty if it was stopped before it was ready
    Optional<? extends ComparisonTarget> open(Consumer<Runnable> stopper)
        throws InterruptedException;
  }

  /// Makes all runs, or as many as it can.
  public void execute(Opening open) throws InterruptedException {
    try {
      Optional<? extends ComparisonTarget> opened = open.open(early -> preparing = early);
      if (opened.isPresent()) {
        runAll(opened.get());
      }
    } catch (UserError | EngineException | IllegalArgumentException e) {
      if (completeRounds() == 0 && !stopped && !isLeftChanged()) {
        throw e;
      }
      failure = e;
      terminal.report("weir: the comparison ends early: " + e.getMessage());
    }
  }

  private void runAll(ComparisonTarget opened) throws InterruptedException {
    try (opened) {
      target = opened;
      startNanos = System.nanoTime();
      for (Round round : rounds) {
        for (String label : round.order()) {
          if (stopped) {
            return;
          }
          run(opened, round, label);
        }
      }
    }
  }

  /// Ends the current run and makes no further one; may be called by any thread.
  public void stop() {
    stopped = true;
    ComparisonTarget here = target;
    Runnable early = preparing;
    if (here != null) {
      here.stop();
    } else if (early != null) {
      early.run();
    }
  }

  public boolean isStopped() {
    return stopped;
  }

  public boolean hasFailed() {
    return failure != null || isLeftChanged();
  }

  /// Whether the service could not be put back as it was found.
  public boolean isLeftChanged() {
    ComparisonTarget here = target;
    return here != null && here.isLeftChanged();
  }

  /// What is missing from the records of the runs, a line each.
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /// How many rounds all variants have run in.
  public int completeRounds() {
    return trials.size() / rounds.getFirst().order().size();
  }

  /// The runs of complete rounds, in the order they went.
  public List<Trial> trials() {
    return List.copyOf(trials.subList(0, completeRounds() * rounds.getFirst().order().size()));
  }

  private void run(ComparisonTarget here, Round round, String label) throws InterruptedException {
    Path run = folder.resolve(round.number() + "-" + FolderName.of(label));
    String where = "round %d of %d, %s".formatted(round.number(), rounds.size(), label);
    ComparisonVariant variant = variants.get(label);
    if (variant == null) {
      throw new IllegalStateException("a round without a variant: " + label);
    }
    LoadResult result =
        here.run(
            new ComparisonTrial(
                variant, label, round.scheduleSeed(), run, where + " (" + eta() + "):", command));
    if (stopped || result.stopped()) {
      return;
    }
    RunRecord kept = RunFolder.read(run);
    MissingRecords.of(kept).ifPresent(missing::add);
    Trial trial = trial(round.number(), label, kept, run, result);
    trials.add(trial);
    terminal.report(
        String.format(
            Locale.ROOT,
            "%s: p50 %s, p99 %s, %d of %d failed, load %s; %s",
            where,
            FigureText.duration(trial.millis(Measure.P50) * 1e6),
            FigureText.duration(trial.millis(Measure.P99) * 1e6),
            trial.failed(),
            trial.requests(),
            trial.note(),
            eta()));
  }

  /// From the record in its folder.
  private static Trial trial(
      int round, String label, RunRecord kept, Path folder, LoadResult result) {
    Summary summary = Summary.of(kept);
    Verdict verdict = result.certificate().verdict();
    List<String> reasons = result.certificate().reasons();
    return new Trial(
        round,
        label,
        verdict != Verdict.VOID,
        Map.of(
            Measure.P50, summary.p50Millis(),
            Measure.P95, summary.p95Millis(),
            Measure.P99, summary.p99Millis(),
            Measure.MEAN, summary.meanMillis()),
        summary.requests(),
        summary.failed(),
        reasons.isEmpty() ? verdict.name() : verdict.name() + ": " + reasons.getFirst(),
        String.valueOf(folder.getFileName()));
  }

  private String eta() {
    int all = rounds.size() * rounds.getFirst().order().size();
    int left = all - trials.size();
    if (left == 0) {
      return "all done";
    }
    long each =
        trials.isEmpty()
            ? duration.plus(BETWEEN_FIRST).toNanos()
            : (System.nanoTime() - startNanos) / trials.size();
    return "ETA " + Progress.plain(Duration.ofNanos(each * left));
  }
}
