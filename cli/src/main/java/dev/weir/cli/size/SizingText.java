package dev.weir.cli.size;

import dev.weir.report.SizingWords;
import dev.weir.scale.Prediction;
import dev.weir.scale.ReplicaNeed;
import dev.weir.sim.LatencyFigures;
import dev.weir.term.FigureText;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// A sizing as people read it.
final class SizingText {
  private static final double NANOS = 1e9;

  private final Sizing sizing;

  SizingText(Sizing sizing) {
    this.sizing = sizing;
  }

  /// The demand, the table and the sentence.
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(demand());
    lines.addAll(sizing.subject().notes());
    lines.add("");
    lines.addAll(table());
    lines.add("");
    lines.add(why());
    return lines;
  }

  /// The demand in one line.
  String demand() {
    SizingSubject subject = sizing.subject();
    return "%s; promise %s"
        .formatted(SizingWords.of(subject.demand(), subject.slots()), sizing.promise());
  }

  private List<String> table() {
    var percentiles = new TreeSet<>(List.of(50.0, 95.0, 99.0, sizing.promise().percentile()));
    boolean isReplayed = sizing.rows().stream().anyMatch(row -> row.replayed().isPresent());
    var head = new ArrayList<>(List.of("replicas", "busy", "wait"));
    percentiles.forEach(percentile -> head.add(SizingWords.name(percentile)));
    if (isReplayed) {
      head.addAll(List.of("replayed p50", "replayed p99"));
    }
    head.add("cost");
    var table = new TextTable(head.toArray(String[]::new));
    sizing.rows().forEach(row -> table.add(cells(row, percentiles).toArray(String[]::new)));
    return table.lines();
  }

  private List<String> cells(Sizing.Row row, SortedSet<Double> percentiles) {
    Prediction prediction = row.prediction();
    var cells = new ArrayList<String>();
    cells.add(Integer.toString(row.replicas()));
    cells.add(share(prediction.utilisation()));
    cells.add(share(prediction.waitProbability()));
    percentiles.forEach(percentile -> cells.add(time(prediction.percentileSeconds(percentile))));
    row.replayed().ifPresent(figures -> cells.addAll(replayed(figures)));
    double cost = (double) row.replicas() / sizing.need().replicas();
    cells.add(String.format(Locale.ROOT, "x%.2f%s", cost, mark(row.replicas())));
    return cells;
  }

  private static List<String> replayed(LatencyFigures figures) {
    return List.of(time(figures.p50Seconds()), time(figures.p99Seconds()));
  }

  private String mark(int replicas) {
    ReplicaNeed need = sizing.need();
    String least = need.isKept() ? "<- least that keeps the promise" : "<- see below";
    String now = replicas == sizing.subject().current() ? " now" : "";
    return now + (replicas == need.replicas() ? " " + least : "");
  }

  /// One sentence that says which number and why.
  String why() {
    return words().why();
  }

  private SizingWords words() {
    SizingSubject subject = sizing.subject();
    return new SizingWords(subject.demand(), subject.slots(), sizing.promise(), sizing.need());
  }

  private static String time(double seconds) {
    return Double.isInfinite(seconds) ? "endless" : FigureText.duration(seconds * NANOS);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
