package dev.weir.report;

import dev.weir.run.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The headline figures of several runs next to one another. The first run is the baseline that
/// ratios refer to.
///
/// @param summaries one per run
/// @param rows one per figure
/// @param sentence the result in one plain sentence
public record RunsSideBySide(List<Summary> summaries, List<Row> rows, String sentence) {
  /// With more replicas than this, only the busiest have a row.
  private static final int REPLICAS_MAX = 12;

  /// Compares runs under their titles; runs with one title also show their ids.
  public static RunsSideBySide of(List<RunRecord> runs) {
    List<String> labels = labels(runs);
    var summaries = new ArrayList<Summary>();
    for (int i = 0; i < runs.size(); i++) {
      summaries.add(Summary.of(ShownNames.applied(runs.get(i)), labels.get(i)));
    }
    return ofSummaries(summaries);
  }

  static RunsSideBySide ofSummaries(List<Summary> summaries) {
    var rows = new ArrayList<Row>();
    rows.add(row("p50", Row.Kind.LATENCY, summaries, Summary::p50Millis));
    rows.add(row("p95", Row.Kind.LATENCY, summaries, Summary::p95Millis));
    rows.add(row("p99", Row.Kind.LATENCY, summaries, Summary::p99Millis));
    rows.add(row("max", Row.Kind.LATENCY, summaries, Summary::maxMillis));
    rows.add(row("mean", Row.Kind.LATENCY, summaries, Summary::meanMillis));
    rows.add(row("throughput", Row.Kind.RATE, summaries, Summary::throughputPerSecond));
    rows.add(row("requests", Row.Kind.COUNT, summaries, Summary::requests));
    rows.add(row("errors", Row.Kind.FAILURES, summaries, Summary::failed));
    for (String replica : busiest(summaries)) {
      rows.add(
          row("share of " + replica, Row.Kind.SHARE, summaries, summary -> summary.share(replica)));
    }
    return new RunsSideBySide(List.copyOf(summaries), List.copyOf(rows), Sentence.of(summaries));
  }

  /// The replicas that have a row, in the order of their names.
  List<String> replicas() {
    return busiest(summaries);
  }

  /// What is missing from the runs' records, one line each; read it before any figure.
  List<String> missing() {
    return summaries.stream()
        .filter(summary -> summary.missing() > 0)
        .map(summary ->
            "%s: %s of %s requests that were sent are missing from the record; figures are of the rest"
                .formatted(
                    summary.label(),
                    FigureText.count(summary.missing()),
                    FigureText.count(summary.requests() + summary.missing())))
        .toList();
  }

  /// The comparison as lines for a terminal: what is missing, a table, then the sentence.
  public List<String> lines() {
    return SideBySideText.lines(this);
  }

  /// A unique label for each run.
  static List<String> labels(List<RunRecord> runs) {
    return runs.stream()
        .map(run -> {
          String title = run.info().title().isBlank() ? run.info().id() : run.info().title();
          boolean unique =
              runs.stream().filter(other -> other.info().title().equals(title)).count() <= 1;
          return unique ? title : "%s (%s)".formatted(title, run.info().id());
        })
        .toList();
  }

  private static Row row(
      String name, Row.Kind kind, List<Summary> summaries, ToDoubleFunction<Summary> figure) {
    return new Row(name, kind, summaries.stream().map(figure::applyAsDouble).toList());
  }

  /// In the order of their names, so that runs can be compared by eye.
  private static List<String> busiest(List<Summary> summaries) {
    var counts = new TreeMap<String, Long>();
    summaries.forEach(
        summary -> summary.byReplica().forEach((k, v) -> counts.merge(k, v, Long::sum)));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(REPLICAS_MAX)
        .map(Map.Entry::getKey)
        .sorted(NaturalOrder.NAMES)
        .toList();
  }
}
