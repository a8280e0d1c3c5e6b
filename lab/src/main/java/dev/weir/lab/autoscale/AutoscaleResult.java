package dev.weir.lab.autoscale;

import dev.weir.report.Report;
import dev.weir.report.ScaleChart;
import dev.weir.report.output.Format;
import dev.weir.run.RunRecord;
import dev.weir.stats.Ratio;
import dev.weir.stats.Trial;
import dev.weir.store.folder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What all runs of a comparison of rules show.
///
/// @param folder of the runs
/// @param names the rules, the baseline first
/// @param plan what every rule met
/// @param runs in the order in which they went
public record AutoscaleResult(
    Path folder, List<String> names, AutoscalePlan plan, List<ScaledTrial> runs) {
  private static final double CHART_WINDOW_SECONDS = 5;

  public AutoscaleResult {
    names = List.copyOf(names);
    runs = List.copyOf(runs);
  }

  /// One run and what it shows.
  ///
  /// @param trial how it went
  /// @param outcome what the rule made of it
  public record ScaledTrial(Trial trial, AutoscaleOutcome outcome) {}

  /// Evaluates the recorded runs.
  ///
  /// @param folder that holds the folder of each run
  /// @param service that was scaled
  public static AutoscaleResult of(
      Path folder, List<Trial> trials, List<String> names, String service, AutoscalePlan plan) {
    List<ScaledTrial> runs =
        trials.stream()
            .map(trial ->
                new ScaledTrial(
                    trial,
                    AutoscaleOutcome.of(
                        RunFolder.read(folder.resolve(trial.folder())),
                        service,
                        plan.promise(),
                        plan.duration())))
            .toList();
    return new AutoscaleResult(folder, names, plan, runs);
  }

  /// The outcomes of a rule whose load was as scheduled.
  List<AutoscaleOutcome> of(String name) {
    return runs.stream()
        .filter(run -> run.trial.counts() && run.trial.variant().equals(name))
        .map(ScaledTrial::outcome)
        .toList();
  }

  /// The mean of a figure over the rounds; NaN without any.
  double mean(String name, ToDoubleFunction<AutoscaleOutcome> figure) {
    return of(name).stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /// The ratio of a figure to the baseline's in the same round.
  Ratio ratio(String name, ToDoubleFunction<AutoscaleOutcome> figure) {
    var ratios = new ArrayList<Double>();
    for (ScaledTrial own : runs) {
      if (own.trial.counts() && own.trial.variant().equals(name)) {
        runs.stream()
            .filter(other -> other.trial.counts() && other.trial.round() == own.trial.round())
            .filter(other -> other.trial.variant().equals(names.getFirst()))
            .mapToDouble(
                other -> figure.applyAsDouble(own.outcome) / figure.applyAsDouble(other.outcome))
            .filter(Double::isFinite)
            .forEach(ratios::add);
      }
    }
    return Ratio.of(ratios);
  }

  /// One aligned row for each rule.
  public List<String> lines() {
    return AutoscaleTable.lines(this);
  }

  /// What a reader must know to judge the table.
  public List<String> notes() {
    return AutoscaleTable.notes(this);
  }

  /// All figures as one JSON document.
  public String json(String command, long seed, String subject, Map<String, String> facts) {
    return AutoscaleTable.json(this, command, seed, subject, facts);
  }

  /// Writes the chart, as PNG and SVG, and the page with the runs of the first round.
  ///
  /// @return the files, the page last
  /// @throws IOException if one cannot be written
  public List<Path> write(String title) throws IOException {
    Map<String, RunRecord> first = firstRound();
    String subtitle =
        "%s, %d to %d replicas, round 1".formatted(plan.trace().label(), plan.min(), plan.max());
    ScaleChart chart = ScaleChart.of(title, subtitle, plan.promise(), first, CHART_WINDOW_SECONDS);
    Path png = folder.resolve("compare.png");
    chart.write(png, Format.PNG);
    chart.write(folder.resolve("compare.svg"), Format.SVG);
    Path page = folder.resolve("compare.html");
    Report.write(
        page, first.values().stream().limit(Report.RUNS_MAX).toList(), title + ", round 1");
    return List.of(png, page);
  }

  private Map<String, RunRecord> firstRound() {
    var first = new LinkedHashMap<String, RunRecord>();
    for (String name : names) {
      runs.stream()
          .map(ScaledTrial::trial)
          .filter(trial -> trial.round() == 1 && trial.variant().equals(name))
          .forEach(trial -> first.put(name, RunFolder.read(folder.resolve(trial.folder()))));
    }
    return first;
  }
}
