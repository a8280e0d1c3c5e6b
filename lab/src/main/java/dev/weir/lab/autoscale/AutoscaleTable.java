package dev.weir.lab.autoscale;

import dev.weir.lab.autoscale.AutoscaleResult.ScaledTrial;
import dev.weir.stats.Ratio;
import dev.weir.stats.Trial;
import dev.weir.store.folder.RunJson;
import dev.weir.term.FigureText;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Rules of autoscaling compared, as people and programs read it.
final class AutoscaleTable {
  private AutoscaleTable() {}

  /// A row for each rule: means over the rounds, the longest time and all failures of any.
  static List<String> lines(AutoscaleResult result) {
    var table =
        new TextTable(
            "",
            "replica-seconds",
            "ratio",
            "95 % interval",
            "late",
            "ratio",
            "bad " + window(result),
            "longest",
            "failed",
            "started",
            "scalings");
    for (String name : result.names()) {
      boolean isBase = name.equals(result.names().getFirst());
      Ratio cost = result.ratio(name, AutoscaleOutcome::replicaSeconds);
      Ratio late = result.ratio(name, AutoscaleOutcome::lateShare);
      table.add(
          name,
          figure("%.0f", result.mean(name, AutoscaleOutcome::replicaSeconds)),
          isBase ? "1" : times(cost.mean()),
          isBase ? "" : interval(cost),
          figure("%.2f %%", 100 * result.mean(name, AutoscaleOutcome::lateShare)),
          isBase ? "1" : times(late.mean()),
          figure("%.1f %%", 100 * result.mean(name, AutoscaleOutcome::badShare)),
          longest(result, name),
          String.valueOf(result.of(name).stream().mapToLong(AutoscaleOutcome::failed).sum()),
          figure("%.1f", result.mean(name, AutoscaleOutcome::started)),
          figure("%.1f", result.mean(name, AutoscaleOutcome::scalings)));
    }
    return table.lines();
  }

  /// What the columns mean, and which runs are left out.
  static List<String> notes(AutoscaleResult result) {
    var notes = new ArrayList<String>();
    notes.add(
        ("late: requests without a usable response within %s. bad %s: windows of %s in which more than"
                + " %s %% of the requests are late")
            .formatted(
                FigureText.duration(result.plan().promise().seconds() * 1e9),
                window(result),
                window(result),
                FigureText.number(100 - result.plan().promise().percentile())));
    notes.add(
        "replica-seconds: from the order of a replica to its end. Means over the rounds; the longest"
            + " time and the failures are of all");
    result.runs().stream()
        .map(ScaledTrial::trial)
        .filter(trial -> !trial.counts())
        .forEach(trial -> notes.add(leftOut(trial)));
    return notes;
  }

  private static String leftOut(Trial trial) {
    return "left out: round %d of %s, its load was %s"
        .formatted(trial.round(), trial.variant(), trial.note());
  }

  private static String window(AutoscaleResult result) {
    return AutoscaleOutcome.window(result.plan().duration()).toSeconds() + " s";
  }

  private static String longest(AutoscaleResult result, String name) {
    double seconds =
        result.of(name).stream()
            .mapToDouble(AutoscaleOutcome::longestSeconds)
            .max()
            .orElse(Double.NaN);
    return Double.isNaN(seconds) ? "" : FigureText.duration(seconds * 1e9);
  }

  /// One JSON document; times in seconds.
  static String json(
      AutoscaleResult result,
      String command,
      long seed,
      String subject,
      Map<String, String> facts) {
    var document = new LinkedHashMap<String, Object>();
    document.put("command", command);
    document.put("seed", seed);
    document.put("subject", subject);
    document.put("baseline", result.names().getFirst());
    document.put("promise", result.plan().promise().text());
    document.put("windowSeconds", AutoscaleOutcome.window(result.plan().duration()).toSeconds());
    document.put("facts", facts);
    document.put("notes", notes(result));
    document.put("rules", result.names().stream().map(name -> rule(result, name)).toList());
    document.put("runs", result.runs().stream().map(AutoscaleTable::run).toList());
    return RunJson.pretty(document) + "\n";
  }

  private static Map<String, Object> rule(AutoscaleResult result, String name) {
    var object = new LinkedHashMap<String, Object>();
    object.put("rule", name);
    object.put("rounds", result.of(name).size());
    object.put("replicaSeconds", result.mean(name, AutoscaleOutcome::replicaSeconds));
    object.put("lateShare", result.mean(name, AutoscaleOutcome::lateShare));
    object.put("badShare", result.mean(name, AutoscaleOutcome::badShare));
    object.put("started", result.mean(name, AutoscaleOutcome::started));
    object.put("scalings", result.mean(name, AutoscaleOutcome::scalings));
    object.put("costRatio", ratio(result.ratio(name, AutoscaleOutcome::replicaSeconds)));
    object.put("lateRatio", ratio(result.ratio(name, AutoscaleOutcome::lateShare)));
    return object;
  }

  private static Map<String, Object> ratio(Ratio ratio) {
    var object = new LinkedHashMap<String, Object>();
    object.put("mean", ratio.mean());
    if (ratio.hasInterval()) {
      object.put("low", ratio.low());
      object.put("high", ratio.high());
    }
    return object;
  }

  private static Map<String, Object> run(ScaledTrial run) {
    AutoscaleOutcome outcome = run.outcome();
    var object = new LinkedHashMap<String, Object>();
    object.put("round", run.trial().round());
    object.put("rule", run.trial().variant());
    object.put("folder", run.trial().folder());
    object.put("counts", run.trial().counts());
    object.put("load", run.trial().note());
    object.put("requests", outcome.requests());
    object.put("failed", outcome.failed());
    object.put("replicaSeconds", outcome.replicaSeconds());
    object.put("lateShare", outcome.lateShare());
    object.put("badShare", outcome.badShare());
    object.put("longestSeconds", outcome.longestSeconds());
    object.put("started", outcome.started());
    object.put("scalings", outcome.scalings());
    return object;
  }

  private static String figure(String form, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, form, value);
  }

  private static String interval(Ratio ratio) {
    return ratio.hasInterval() ? times(ratio.low()) + " to " + times(ratio.high()) : "";
  }

  private static String times(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "x%.2f", ratio) : "";
  }
}
