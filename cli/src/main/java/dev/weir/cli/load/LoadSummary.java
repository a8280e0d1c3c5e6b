package dev.weir.cli.load;

import dev.weir.load.record.Distribution;
import dev.weir.load.record.LoadResult;
import dev.weir.run.Certificate;
import dev.weir.run.Certificate.Verdict;
import dev.weir.term.FigureText;
import dev.weir.term.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The result of a run as lines for a reader.
public final class LoadSummary {
  static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9);

  private static final int REPLICAS_MAX = 30;

  private final Terminal terminal;

  public LoadSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints all of it.
  public void print(LoadResult result, String what, String repeat) {
    terminal.print(terminal.bold(what));
    percentiles(result);
    line("responses", counts(result.statuses(), "none"));
    line("errors", errors(result));
    if (!result.replicas().isEmpty()) {
      line("replicas", busiest(result.replicas()));
    }
    result.notes().forEach(note -> line("", "- " + note));
    certificate(result.certificate());
    line("repeat", repeat);
  }

  static String percentileName(double percent) {
    return "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent);
  }

  private void percentiles(LoadResult result) {
    var header = new StringBuilder(" ".repeat(22));
    PERCENTILES.forEach(p -> header.append("%10s".formatted(percentileName(p))));
    terminal.print(header.append("%10s%10s".formatted("max", "mean")).toString());
    row("latency (from due)", result.latency());
    row("service (from send)", result.service());
    row("lag (send - due)", result.lag());
  }

  private void row(String name, Distribution values) {
    var row = new StringBuilder("%-22s".formatted("  " + name));
    if (values.count() == 0) {
      terminal.print(row.append("       no request got a response").toString());
      return;
    }
    PERCENTILES.forEach(
        p -> row.append("%10s".formatted(FigureText.duration(values.percentileNanos(p)))));
    row.append("%10s".formatted(FigureText.duration(values.maxNanos())));
    terminal.print(
        row.append("%10s".formatted(FigureText.duration(values.meanNanos()))).toString());
  }

  private void certificate(Certificate c) {
    String verdict = c.verdict().name();
    line(
        "load",
        (c.verdict() == Verdict.VALID ? terminal.green(verdict) : terminal.red(verdict))
            + String.format(
                Locale.ROOT,
                ": %d of %d sent, %s/s (scheduled: %s/s), asked for %s",
                c.sent(),
                c.requested(),
                FigureText.number(c.achievedPerSecond()),
                FigureText.number(c.scheduledPerSecond()),
                c.law()));
    c.reasons().forEach(reason -> line("", "- " + reason));
    line(
        "  gaps",
        String.format(
            Locale.ROOT,
            "mean %s s, sigma %s s, CoV %s (95 %%: %s to %s), KS %s, lag-1 %s",
            FigureText.number(c.gapMeanSeconds()),
            FigureText.number(c.gapSigmaSeconds()),
            FigureText.number(c.gapCov()),
            FigureText.number(c.gapCovLow()),
            FigureText.number(c.gapCovHigh()),
            FigureText.number(c.ks()),
            FigureText.number(c.lag1())));
    line(
        "  dispersion",
        String.format(
            Locale.ROOT,
            "IDC %s at 10 ms, %s at 100 ms, %s at 1 s",
            FigureText.number(c.idc10ms()),
            FigureText.number(c.idc100ms()),
            FigureText.number(c.idc1s())));
  }

  private static String errors(LoadResult result) {
    long statuses =
        result.errorCount() - result.errors().values().stream().mapToLong(Long::longValue).sum();
    long count = result.errorCount();
    if (count == 0) {
      return "none";
    }
    double share = 100.0 * count / result.records().size();
    String kinds = counts(result.errors(), "");
    String responses = statuses == 0 ? "" : "status 4xx or 5xx x " + statuses;
    String both =
        kinds.isEmpty() || responses.isEmpty() ? kinds + responses : kinds + ", " + responses;
    return String.format(Locale.ROOT, "%d (%.3g %%): %s", count, share, both);
  }

  private static String counts(Map<?, Long> counts, String none) {
    return counts.isEmpty()
        ? none
        : counts.entrySet().stream()
            .map(entry -> entry.getKey() + " x " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /// All in the order of their names, or only those with the most responses.
  private static String busiest(Map<String, Long> replicas) {
    int more = replicas.size() - REPLICAS_MAX;
    if (more <= 0) {
      return counts(replicas, "");
    }
    var shown = new LinkedHashMap<String, Long>();
    replicas.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(REPLICAS_MAX)
        .forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
    return counts(shown, "") + ", and %,d more".formatted(more);
  }

  private void line(String name, String text) {
    terminal.print("  %-13s %s".formatted(name, text));
  }
}
