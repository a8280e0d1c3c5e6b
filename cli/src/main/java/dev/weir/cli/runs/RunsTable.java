package dev.weir.cli.runs;

import dev.weir.base.Visible;
import dev.weir.run.Certificate;
import dev.weir.store.folder.RunSummary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Runs as lines for a person to read.
final class RunsTable {
  private static final List<String> HEADER =
      List.of(
          "RUN", "STARTED (UTC)", "STATE", "LOAD", "REQUESTS", "SAMPLES", "LOST", "SIZE", "TITLE");

  /// The columns of figures, set to the right.
  private static final int FIGURES_FROM = 4;

  private static final int FIGURES_TO = 7;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private RunsTable() {}

  /// A table with a row for each run.
  static List<String> of(List<RunSummary> runs) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEADER);
    runs.forEach(run -> rows.add(row(run).stream().map(Visible::line).toList()));
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /// Everything about one run, a line each.
  static List<String> all(RunSummary run) {
    var lines = new ArrayList<String>();
    add(lines, "run", run.name());
    add(lines, "title", run.info().title());
    add(lines, "folder", run.folder().toAbsolutePath().normalize().toString());
    add(lines, "state", run.state().label());
    add(lines, "started", time(run.info().startedAt()));
    run.finishedAt().ifPresent(at -> add(lines, "finished", time(at)));
    add(lines, "command", run.info().command());
    add(lines, "seed", String.valueOf(run.info().seed()));
    add(
        lines,
        "kept",
        "%d requests, %d samples, %d events, %s"
            .formatted(run.requests(), run.samples(), run.events(), size(run.sizeBytes())));
    if (run.lost() > 0) {
      add(lines, "lost", run.lost() + " records");
    }
    run.problem().ifPresent(problem -> add(lines, "problem", problem));
    run.certificate().ifPresent(certificate -> addCertificate(lines, certificate));
    run.info().facts().forEach((name, value) -> add(lines, name, value));
    run.machine().forEach((name, value) -> add(lines, name, value));
    return lines;
  }

  private static void addCertificate(List<String> lines, Certificate of) {
    add(
        lines,
        "load",
        of.verdict() + (of.reasons().isEmpty() ? "" : ": ") + String.join("; ", of.reasons()));
    add(
        lines,
        "arrivals",
        String.format(
            Locale.ROOT,
            "%s, %d of %d sent, %.3f/s of %.3f/s",
            of.law(),
            of.sent(),
            of.requested(),
            of.achievedPerSecond(),
            of.scheduledPerSecond()));
    add(
        lines,
        "gaps",
        String.format(
            Locale.ROOT,
            "mean %.6f s, sigma %.6f s, CoV %.3f [%.3f, %.3f], KS %.4f",
            of.gapMeanSeconds(),
            of.gapSigmaSeconds(),
            of.gapCov(),
            of.gapCovLow(),
            of.gapCovHigh(),
            of.ks()));
    add(
        lines,
        "lag",
        String.format(
            Locale.ROOT,
            "p50 %.3f ms, p99 %.3f ms, max %.3f ms",
            of.lagP50Nanos() / 1e6,
            of.lagP99Nanos() / 1e6,
            of.lagMaxNanos() / 1e6));
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add(Visible.line("%-12s %s".formatted(name, value)));
    }
  }

  private static List<String> row(RunSummary run) {
    return List.of(
        run.name(),
        run.info().startedAt().equals(Instant.EPOCH) ? "-" : TIME.format(run.info().startedAt()),
        run.state().label(),
        run.certificate().map(c -> c.verdict().toString()).orElse("-"),
        String.valueOf(run.requests()),
        String.valueOf(run.samples()),
        String.valueOf(run.lost()),
        size(run.sizeBytes()),
        run.info().title());
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      boolean figure = c >= FIGURES_FROM && c <= FIGURES_TO;
      String cell = row.get(c);
      String space = " ".repeat(widths[c] - cell.length());
      line.append(figure ? space + cell : cell + space).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static String time(Instant at) {
    return at.equals(Instant.EPOCH) ? "" : TIME.format(at) + " UTC";
  }

  private static String size(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
