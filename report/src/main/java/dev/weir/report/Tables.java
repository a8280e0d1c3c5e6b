package dev.weir.report;

import dev.weir.report.output.Html;
import dev.weir.run.Certificate;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The page's texts and tables, which need no script. Runs are columns.
final class Tables {
  private static final String NONE = "–";

  private static final String RUN = "run";
  private static final String STARTED_AT = "started at (UTC)";

  /// Facts that always differ between runs, so a difference means nothing.
  private static final Set<String> ALWAYS_DIFFERENT = Set.of(RUN, STARTED_AT);

  private final List<RunRecord> runs;
  private final RunsSideBySide comparison;

  Tables(List<RunRecord> runs, RunsSideBySide comparison) {
    this.runs = runs;
    this.comparison = comparison;
  }

  String headline() {
    var rows = new StringBuilder();
    for (Row row : comparison.rows()) {
      var cells = new ArrayList<String>();
      for (int run = 0; run < runs.size(); run++) {
        cells.add(headlineCell(row, run));
      }
      rows.append(row(row.name(), cells, false));
    }
    String note =
        runs.size() > 1
            ? "Ratios refer to %s. ★ marks the better figure.".formatted(Html.escape(label(0)))
            : "Latency counts from the due time, of requests that succeeded.";
    return section("headline", "Headline", table(rows), note) + shares();
  }

  private String headlineCell(Row row, int run) {
    double ratio = row.ratio(run);
    return "<td%s>%s%s%s</td>"
        .formatted(
            row.better(run) ? " class=\"better\"" : "",
            row.text(run),
            row.better(run) ? " <span title=\"better\">★</span>" : "",
            run > 0 && !Double.isNaN(ratio)
                ? " <small>%s</small>".formatted(FigureText.ratio(ratio))
                : "");
  }

  /// Bars of requests per replica: HTML only, and drawn to one scale.
  private String shares() {
    var html = new StringBuilder("<div class=\"columns shares\">\n");
    boolean any = false;
    Map<String, String> colours = Palette.of(colouredNames());
    for (Summary summary : comparison.summaries()) {
      html.append("<div><h4>%s</h4>".formatted(Html.escape(summary.label())));
      for (String replica : comparison.replicas()) {
        any = true;
        double percent = summary.share(replica) * 100;
        html.append(
            "<div class=\"share\"><span>%s</span><div class=\"track\"><b style=\"width:%s%%;background:%s\"></b></div><em>%s</em></div>"
                .formatted(
                    Html.escape(replica),
                    tenths(percent),
                    colours.get(replica),
                    FigureText.percent(percent / 100)));
      }
      html.append("</div>\n");
    }
    return any ? section("shares", "Share of each replica", html + "</div>", "") : "";
  }

  private Set<String> colouredNames() {
    var names = new TreeSet<String>();
    runs.forEach(run -> names.addAll(run.samples().keySet()));
    comparison.summaries().forEach(summary -> names.addAll(summary.byReplica().keySet()));
    return names;
  }

  /// What a reader must know before trusting a figure.
  String notices() {
    var html = new StringBuilder();
    comparison
        .missing()
        .forEach(line -> html.append("<p class=\"warning\">%s</p>\n".formatted(Html.escape(line))));
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      if (run.certificate().isEmpty()) {
        String text =
            run.requests().isEmpty()
                ? "no load was recorded: it had none, or was cut off before its first request."
                : "this run was cut off: it has no certificate, and everything after %s is missing."
                    .formatted(FigureText.seconds(lastSecond(run)));
        html.append(notice(label(i), text));
      }
      for (RunEvent event : run.events()) {
        if (event.kind().equals(RunEvent.RECORD_LOST)) {
          html.append(notice(label(i), Html.escape(event.text())));
        }
      }
      if (run.samples().size() > Payload.CONTAINERS_MAX) {
        html.append(
            notice(
                label(i),
                "%d of %d containers are drawn: those that used most."
                    .formatted(Payload.CONTAINERS_MAX, run.samples().size())));
      }
    }
    return html.toString();
  }

  private static double lastSecond(RunRecord run) {
    Clock clock = Clock.of(run);
    return run.requests().stream()
        .mapToDouble(request -> clock.at(request.respondedNanos()))
        .max()
        .orElse(0);
  }

  private static String notice(String label, String text) {
    return "<p class=\"warning\"><strong>%s</strong>: %s</p>\n".formatted(Html.escape(label), text);
  }

  String certificates() {
    if (runs.stream().allMatch(run -> run.certificate().isEmpty())) {
      return section(
          "certificate",
          "Certificate of the load",
          "<p class=\"empty\">There is none: it is written when a load has ended.</p>",
          "");
    }
    var rows = new StringBuilder();
    rows.append(row("verdict", cells(Tables::verdict), false));
    rows.append(row("reasons", cells(c -> cell(String.join("; ", c.reasons()))), false));
    rows.append(row("law", cells(c -> cell(c.law())), false));
    rows.append(figures("requested", c -> FigureText.count(c.requested())))
        .append(figures("sent", c -> FigureText.count(c.sent())))
        .append(figures("scheduled rate", c -> FigureText.perSecond(c.scheduledPerSecond())))
        .append(figures("achieved rate", c -> FigureText.perSecond(c.achievedPerSecond())))
        .append(figures("mean gap", c -> FigureText.millis(c.gapMeanSeconds() * 1e3)))
        .append(figures("σ of gaps", c -> FigureText.millis(c.gapSigmaSeconds() * 1e3)))
        .append(figures("coefficient of variation (95 % interval)", Tables::variation))
        .append(figures("Kolmogorov–Smirnov distance from the law", c -> FigureText.number(c.ks())))
        .append(figures("lag-1 autocorrelation", c -> FigureText.number(c.lag1())))
        .append(figures("index of dispersion, 10 ms", c -> FigureText.number(c.idc10ms())))
        .append(figures("index of dispersion, 100 ms", c -> FigureText.number(c.idc100ms())))
        .append(figures("index of dispersion, 1 s", c -> FigureText.number(c.idc1s())))
        .append(figures("sender's lag p50", c -> FigureText.millis(c.lagP50Nanos() / 1e6)))
        .append(figures("sender's lag p99", c -> FigureText.millis(c.lagP99Nanos() / 1e6)))
        .append(figures("sender's lag max", c -> FigureText.millis(c.lagMaxNanos() / 1e6)));
    return section(
        "certificate",
        "Certificate of the load",
        table(rows),
        "What was really sent, next to what was asked for. Figures without a unit are plain"
            + " numbers.");
  }

  private static String variation(Certificate c) {
    return "%s (%s to %s)"
        .formatted(
            FigureText.number(c.gapCov()),
            FigureText.number(c.gapCovLow()),
            FigureText.number(c.gapCovHigh()));
  }

  private static String verdict(Certificate certificate) {
    String words =
        switch (certificate.verdict()) {
          case VALID -> "the load was what was asked for";
          case DEGRADED -> "usable, with the stated reservation";
          case VOID -> "the sender could not keep up; the latencies mean nothing";
        };
    return "<td><span class=\"verdict %s\">%s</span> %s</td>"
        .formatted(
            certificate.verdict().name().toLowerCase(Locale.ROOT), certificate.verdict(), words);
  }

  private String figures(String name, Function<Certificate, String> figure) {
    return row(name, cells(certificate -> cell(figure.apply(certificate))), false);
  }

  private List<String> cells(Function<Certificate, String> cell) {
    return runs.stream()
        .map(run -> run.certificate().map(cell).orElse(cell("none: cut off, or without load")))
        .toList();
  }

  String settings() {
    var rows = new StringBuilder();
    for (Map.Entry<String, List<String>> fact : facts().entrySet()) {
      boolean differs =
          !ALWAYS_DIFFERENT.contains(fact.getKey())
              && new LinkedHashSet<>(fact.getValue()).size() > 1;
      rows.append(row(fact.getKey(), fact.getValue().stream().map(Tables::cell).toList(), differs));
    }
    return section(
        "settings",
        "Settings, seed, versions and machine",
        table(rows),
        runs.size() > 1 ? "≠ marks what differs between the runs." : "");
  }

  private Map<String, List<String>> facts() {
    var facts = new LinkedHashMap<String, List<String>>();
    facts.put(RUN, runs.stream().map(run -> run.info().id()).toList());
    facts.put(
        STARTED_AT,
        runs.stream()
            .map(run -> run.info().startedAt().truncatedTo(ChronoUnit.SECONDS).toString())
            .toList());
    facts.put("seed", runs.stream().map(run -> Long.toString(run.info().seed())).toList());
    var names = new LinkedHashSet<String>();
    runs.forEach(run -> names.addAll(run.info().facts().keySet()));
    for (String name : names) {
      facts.put(
          name, runs.stream().map(run -> run.info().facts().getOrDefault(name, NONE)).toList());
    }
    facts.put("failures", comparison.summaries().stream().map(Tables::failures).toList());
    return facts;
  }

  private static String failures(Summary summary) {
    var parts = new ArrayList<String>();
    summary.failures().forEach((what, count) -> parts.add(what + ": " + FigureText.count(count)));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  String events() {
    var html = new StringBuilder("<div class=\"columns\">\n");
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      html.append("<div><h4>%s</h4>".formatted(Html.escape(label(i))));
      if (run.events().isEmpty()) {
        html.append("<p class=\"empty\">No events were recorded.</p>");
      } else {
        html.append(eventList(run));
      }
      html.append("</div>\n");
    }
    return section("event-list", "Events in words", html + "</div>", "");
  }

  private static String eventList(RunRecord run) {
    Clock clock = Clock.of(run);
    var html = new StringBuilder("<ol class=\"events\">");
    List<RunEvent> events =
        run.events().stream().filter(event -> !RunScaling.isCount(event)).toList();
    for (RunEvent event : events.stream().limit(Payload.EVENTS_MAX).toList()) {
      html.append(
          "<li><time>%s s</time> <b>%s</b> %s<br>%s</li>"
              .formatted(
                  tenths(clock.at(event.at())),
                  Html.escape(event.kind()),
                  Html.escape(event.subject()),
                  Html.escape(event.text())));
    }
    int more = events.size() - Payload.EVENTS_MAX;
    return html
        + "</ol>"
        + (more > 0 ? "<p>and %d more, in the run's folder.</p>".formatted(more) : "");
  }

  String commands() {
    var html = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      html.append(
          "<div class=\"command\"><h4>%s</h4><pre><code>%s</code></pre><button type=\"button\" class=\"copy\">Copy</button></div>\n"
              .formatted(Html.escape(label(i)), Html.escape(runs.get(i).info().command())));
    }
    return section("repeat", "Repeat it", html.toString(), "");
  }

  private String label(int run) {
    return comparison.summaries().get(run).label();
  }

  private String table(CharSequence rows) {
    var head = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      head.append(
          "<th scope=\"col\"><i class=\"run%d\"></i>%s</th>".formatted(i, Html.escape(label(i))));
    }
    return "<div class=\"scroll\"><table><thead><tr><td></td>%s</tr></thead><tbody>%s</tbody></table></div>"
        .formatted(head, rows);
  }

  private static String row(String name, List<String> cells, boolean differs) {
    return "<tr%s><th scope=\"row\">%s%s</th>%s</tr>\n"
        .formatted(
            differs ? " class=\"differs\"" : "",
            Html.escape(name),
            differs ? " <span title=\"differs\">≠</span>" : "",
            String.join("", cells));
  }

  /// With a point in every locale, as style sheets need it.
  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String cell(String text) {
    return "<td>%s</td>".formatted(Html.escape(text.isEmpty() ? NONE : text));
  }

  private static String section(String id, String heading, String content, String note) {
    return "<section id=\"%s\"><h2>%s</h2>\n%s\n%s</section>\n"
        .formatted(
            id, heading, content, note.isEmpty() ? "" : "<p class=\"caption\">" + note + "</p>");
  }
}
