package dev.weir.lab.compare;

import dev.weir.report.compare.CompareStory;
import dev.weir.stats.Comparison;
import dev.weir.stats.Finding;
import dev.weir.stats.Measure;
import dev.weir.stats.Ratio;
import dev.weir.stats.Trial;
import dev.weir.stats.VariantResult;
import dev.weir.store.folder.RunJson;
import dev.weir.term.FigureText;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A comparison as a table, notes and JSON.
public final class ComparisonTable {
  private static final double DEGRADED_SHARE = 0.5;

  private ComparisonTable() {}

  /// One aligned row for each variant.
  public static List<String> lines(CompareStory story) {
    Comparison comparison = story.comparison();
    String measure = comparison.measure().label();
    var table =
        new TextTable(
            "",
            "p50",
            "p95",
            "p99",
            measure + " ratio",
            "95 % interval",
            "simulated",
            "failed",
            "finding");
    for (VariantResult one : comparison.results()) {
      boolean base = one.finding() == Finding.BASELINE;
      Ratio ratio = one.ratio(comparison.measure());
      Double predicted = base ? null : story.predicted().get(one.variant());
      table.add(
          one.variant(),
          FigureText.duration(one.median(Measure.P50) * 1e6),
          FigureText.duration(one.median(Measure.P95) * 1e6),
          FigureText.duration(one.median(Measure.P99) * 1e6),
          base ? "1" : times(ratio.mean()),
          base ? "" : interval(ratio),
          predicted == null ? "" : times(predicted),
          String.valueOf(one.failed()),
          one.finding().label());
    }
    return table.lines();
  }

  /// What a reader must know to judge the table.
  public static List<String> notes(Comparison comparison, List<Trial> trials, int rounds) {
    var notes = new ArrayList<String>();
    comparison
        .noiseFloor()
        .filter(Ratio::hasInterval)
        .ifPresent(floor -> notes.add(floor(comparison, floor, rounds)));
    trials.stream()
        .filter(trial -> !trial.counts())
        .forEach(trial ->
            notes.add(
                "left out: round %d of %s, its load was %s"
                    .formatted(trial.round(), trial.variant(), trial.note())));
    long degraded = trials.stream().filter(trial -> trial.note().startsWith("DEGRADED")).count();
    if (degraded > trials.size() * DEGRADED_SHARE) {
      notes.add(
          "%d of %d runs had a load that was DEGRADED: this machine is too busy for its sender"
              .formatted(degraded, trials.size()));
    }
    List<String> silent = noResponse(trials);
    silent.forEach(name ->
        notes.add(
            "no request of %s succeeded: it was not compared (check what is asked for, such as --path)"
                .formatted(name)));
    comparison.results().stream()
        .filter(one -> one.finding() == Finding.FAILS_MORE)
        .filter(one -> !silent.contains(one.variant()))
        .forEach(one ->
            notes.add(
                "%s fails more than %s, so it is not better whatever its latencies"
                    .formatted(one.variant(), comparison.baseline().variant())));
    comparison.results().stream()
        .filter(one -> one.failed() > 0 && !silent.contains(one.variant()))
        .forEach(one ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "%s failed %d of %d requests (%.2g %%), which its latencies leave out",
                    one.variant(),
                    one.failed(),
                    one.requests(),
                    one.failedShare() * 100)));
    return notes;
  }

  /// Variants without a single successful request in any run: they cannot be compared.
  public static List<String> noResponse(List<Trial> trials) {
    return trials.stream()
        .map(Trial::variant)
        .distinct()
        .filter(name ->
            trials.stream()
                .filter(trial -> trial.variant().equals(name))
                .allMatch(trial -> trial.failed() >= trial.requests()))
        .toList();
  }

  private static String floor(Comparison comparison, Ratio floor, int rounds) {
    String itself =
        String.format(
            Locale.ROOT,
            "noise floor: %s against itself is %s (%s) over %s",
            comparison.baseline().variant(),
            times(floor.mean()),
            interval(floor),
            FigureText.count(rounds, "round"));
    if (!floor.contains(1)) {
      return itself + ", though nothing differs: the machine was not calm; believe no small ratio";
    }
    double reach = Math.max(floor.high() - 1, 1 - floor.low()) * 100;
    return itself
        + String.format(
            Locale.ROOT,
            ": a difference below some %.0f %% cannot be seen; four times the rounds halve that",
            Math.ceil(reach));
  }

  /// One JSON document; latencies in milliseconds.
  public static String json(CompareStory story, long seed) {
    Comparison comparison = story.comparison();
    var document = new LinkedHashMap<String, Object>();
    document.put("command", story.command());
    document.put("seed", seed);
    document.put("subject", story.subject());
    document.put("measure", comparison.measure().label());
    document.put("baseline", comparison.baseline().variant());
    document.put("facts", story.facts());
    document.put("notes", story.notes());
    document.put("prediction", story.prediction());
    document.put(
        "variants", comparison.results().stream().map(one -> variant(story, one)).toList());
    document.put("runs", story.trials().stream().map(ComparisonTable::run).toList());
    return RunJson.pretty(document) + "\n";
  }

  private static Map<String, Object> variant(CompareStory story, VariantResult one) {
    var object = new LinkedHashMap<String, Object>();
    object.put("variant", one.variant());
    object.put("finding", one.finding().label());
    object.put("rounds", one.rounds());
    object.put("excluded", one.excluded());
    object.put("requests", one.requests());
    object.put("failed", one.failed());
    for (Measure measure : Measure.values()) {
      object.put(measure.label() + "Millis", one.median(measure));
    }
    var ratios = new LinkedHashMap<String, Object>();
    for (Measure measure : Measure.values()) {
      Ratio ratio = one.ratio(measure);
      var figures = new LinkedHashMap<String, Object>();
      figures.put("mean", ratio.mean());
      Optional.of(ratio)
          .filter(Ratio::hasInterval)
          .ifPresent(known -> {
            figures.put("low", known.low());
            figures.put("high", known.high());
          });
      figures.put("rounds", ratio.rounds());
      ratios.put(measure.label(), figures);
    }
    object.put("ratios", ratios);
    Double predicted = story.predicted().get(one.variant());
    if (predicted != null) {
      object.put("simulatedRatio", predicted);
    }
    return object;
  }

  private static Map<String, Object> run(Trial trial) {
    var object = new LinkedHashMap<String, Object>();
    object.put("round", trial.round());
    object.put("variant", trial.variant());
    object.put("folder", trial.folder());
    object.put("counts", trial.counts());
    object.put("load", trial.note());
    object.put("requests", trial.requests());
    object.put("failed", trial.failed());
    for (Measure measure : Measure.values()) {
      object.put(measure.label() + "Millis", trial.millis(measure));
    }
    return object;
  }

  private static String interval(Ratio ratio) {
    return ratio.hasInterval() ? times(ratio.low()) + " to " + times(ratio.high()) : "";
  }

  private static String times(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "x%.2f", ratio) : "";
  }
}
