package dev.weir.cli.runs;

import dev.weir.base.Visible;
import dev.weir.store.mongo.MongoRunSummary;
import dev.weir.term.TextTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Runs of a database as lines for a person to read.
final class MongoTables {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private MongoTables() {}

  /// A table with a row for each run.
  static List<String> of(List<MongoRunSummary> runs) {
    var table =
        new TextTable(
            "RUN",
            "STARTED (UTC)",
            "STATE",
            "WHOLE",
            "LOAD",
            "REQUESTS",
            "SAMPLES",
            "LOST",
            "TITLE");
    runs.forEach(run ->
        table.add(
            run.name(),
            time(run.info().startedAt()),
            run.state(),
            run.whole() ? "yes" : "no",
            run.certificate().map(c -> c.verdict().toString()).orElse(""),
            String.valueOf(run.requests()),
            String.valueOf(run.samples()),
            String.valueOf(run.lost()),
            run.info().title()));
    return table.lines();
  }

  /// Everything about one run, a line each.
  static List<String> all(MongoRunSummary run, String where) {
    var lines = new ArrayList<String>();
    add(lines, "run", run.name());
    add(lines, "title", run.info().title());
    add(lines, "in", where);
    add(lines, "state", run.state() + (run.whole() ? ", whole" : ", not whole here"));
    add(lines, "started", time(run.info().startedAt()) + " UTC");
    run.finishedAt().ifPresent(at -> add(lines, "finished", time(at) + " UTC"));
    add(lines, "command", run.info().command());
    add(lines, "seed", String.valueOf(run.info().seed()));
    add(
        lines,
        "here",
        "%d requests, %d samples, %d events"
            .formatted(run.requests(), run.samples(), run.events()));
    if (run.damaged() > 0) {
      add(lines, "damaged", run.damaged() + " lines");
    }
    if (run.lost() > 0) {
      add(lines, "lost", run.lost() + " records");
    }
    run.problem().ifPresent(problem -> add(lines, "problem", problem));
    run.certificate().ifPresent(of -> add(lines, "load", of.verdict() + " " + of.law()));
    run.info().facts().forEach((name, value) -> add(lines, name, value));
    run.machine().forEach((name, value) -> add(lines, name, value));
    return lines;
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isBlank()) {
      lines.add(Visible.line("%-12s %s".formatted(name, value)));
    }
  }

  private static String time(Instant at) {
    return at.equals(Instant.EPOCH) ? "" : TIME.format(at);
  }
}
