package dev.weir.report.compare;

import dev.weir.report.output.Html;
import dev.weir.report.output.Resource;
import dev.weir.stats.Comparison;
import dev.weir.stats.Finding;
import dev.weir.stats.Measure;
import dev.weir.stats.Ratio;
import dev.weir.stats.Trial;
import dev.weir.stats.VariantResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Builds the page of a comparison: one file without scripts that loads nothing.
final class ComparePage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'";

  private static final String STYLE =
      """
      .chartbox { background: #ffffff; border: 1px solid var(--line); border-radius: 8px;
        padding: 8px; overflow-x: auto; max-width: 940px; }
      .chartbox svg { display: block; max-width: 100%; height: auto; }
      td.worse { font-weight: 600; color: var(--bad); }
      #figures td, #figures th, #ratios td, #ratios th { white-space: nowrap; min-width: 0; }
      #runs td { min-width: 0; }
      summary { cursor: pointer; padding: 4px 0; }
      """;

  private static final String METHOD =
      """
      <section id="method"><h2>How these figures were computed</h2>
      <ul>
      <li>In every round each variant ran once, in an order drawn for that round; all of a round got the
      same schedule of arrivals, and each round had a schedule of its own.</li>
      <li>Latency counts from the instant a request was due. Percentiles are exact, over the requests
      that succeeded; tables show the median over rounds.</li>
      <li>Ratios are taken within a round, averaged as logarithms (their geometric mean); the interval is
      Student's, 95 %, of those logarithms. It covers the rounds' schedules and the machine's moods, not
      another machine or another load.</li>
      <li>The baseline that ran twice per round shows what no difference looks like. A variant is called
      better or worse only if its interval does not hold 1 and does not lie within the baseline's
      own. One that fails clearly more requests than the baseline is called that, whatever its
      latencies.</li>
      <li>Runs with another load than asked for (VOID) are left out, with their round's ratio.</li>
      </ul></section>
      """;

  private final CompareStory story;
  private final Comparison comparison;
  private final String chart;

  /// @param chart the drawing, as an SVG element
  ComparePage(CompareStory story, String chart) {
    this.story = story;
    this.comparison = story.comparison();
    this.chart = chart;
  }

  String html() throws IOException {
    var page = new StringBuilder(1 << 16);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n".formatted(POLICY))
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>%s</title>\n<style>\n".formatted(Html.escape(story.title())))
        .append(Resource.text("report.css"))
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n");
    page.append("<h1>%s</h1>\n".formatted(Html.escape(story.title())))
        .append("<p class=\"lead\">%s</p>\n".formatted(Html.escape(story.subject())));
    story
        .notes()
        .forEach(note -> page.append("<p class=\"warning\">%s</p>\n".formatted(Html.escape(note))));
    figures(page);
    page.append("<section id=\"chart\"><div class=\"chartbox\">").append(chart);
    page.append("</div></section>\n");
    ratios(page);
    runs(page);
    settings(page);
    return page.append(METHOD).append("</main>\n</body>\n</html>\n").toString();
  }

  private void figures(StringBuilder page) {
    String measure = comparison.measure().label();
    page.append("<section id=\"figures\"><div class=\"scroll\"><table><thead><tr>");
    for (String head :
        List.of(
            "",
            "p50",
            "p95",
            "p99",
            "mean",
            measure + " ratio",
            "95 % interval",
            "simulated",
            "failed",
            "finding")) {
      page.append("<th scope=\"col\">%s</th>".formatted(Html.escape(head)));
    }
    page.append("</tr></thead><tbody>\n");
    comparison.results().forEach(one -> figures(page, one));
    page.append("</tbody></table></div><p class=\"caption\">")
        .append("Medians over rounds, in milliseconds. ")
        .append(Html.escape(story.prediction()))
        .append("</p></section>\n");
  }

  private void figures(StringBuilder page, VariantResult one) {
    boolean base = one.finding() == Finding.BASELINE;
    Ratio ratio = one.ratio(comparison.measure());
    Double predicted = story.predicted().get(one.variant());
    page.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(one.variant())));
    for (Measure measure : List.of(Measure.P50, Measure.P95, Measure.P99, Measure.MEAN)) {
      cell(page, number(one.median(measure)));
    }
    cell(page, base ? "1" : times(ratio.mean()));
    cell(page, base ? "" : interval(ratio));
    cell(page, predicted == null || base ? "" : times(predicted));
    cell(page, one.failed() == 0 ? "0" : one.failed() + " of " + one.requests());
    String look =
        switch (one.finding()) {
          case BETTER -> " class=\"better\"";
          case WORSE, FAILS_MORE -> " class=\"worse\"";
          case BASELINE, NOISE_FLOOR, NOISE, UNDECIDED -> "";
        };
    page.append("<td%s>%s</td></tr>\n".formatted(look, Html.escape(one.finding().label())));
  }

  private void ratios(StringBuilder page) {
    page.append(
            "<section id=\"ratios\"><h2>Ratios to %s</h2>"
                .formatted(Html.escape(comparison.baseline().variant())))
        .append("<div class=\"scroll\"><table><thead><tr><th></th>");
    for (Measure measure : Measure.values()) {
      page.append("<th scope=\"col\">%s</th>".formatted(measure.label()));
    }
    page.append("<th scope=\"col\">rounds</th></tr></thead><tbody>\n");
    comparison.results().stream()
        .skip(1)
        .forEach(one -> {
          page.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(one.variant())));
          for (Measure measure : Measure.values()) {
            Ratio ratio = one.ratio(measure);
            cell(page, times(ratio.mean()) + " (" + interval(ratio) + ")");
          }
          cell(
              page,
              one.rounds()
                  + (one.excluded() == 0 ? "" : ", %d left out".formatted(one.excluded())));
          page.append("</tr>\n");
        });
    page.append("</tbody></table></div></section>\n");
  }

  private void runs(StringBuilder page) {
    page.append(
            "<section id=\"runs\"><details><summary>All %d runs</summary>"
                .formatted(story.trials().size()))
        .append("<div class=\"scroll\"><table><thead><tr>");
    for (String head :
        List.of("round", "variant", "p50", "p95", "p99", "mean", "requests", "failed", "load")) {
      page.append("<th scope=\"col\">%s</th>".formatted(head));
    }
    page.append("</tr></thead><tbody>\n");
    for (Trial trial : story.trials()) {
      page.append("<tr>");
      cell(page, String.valueOf(trial.round()));
      page.append(
          "<td><a href=\"%s/\">%s</a></td>"
              .formatted(Html.escape(trial.folder()), Html.escape(trial.variant())));
      for (Measure measure : List.of(Measure.P50, Measure.P95, Measure.P99, Measure.MEAN)) {
        cell(page, number(trial.millis(measure)));
      }
      cell(page, String.valueOf(trial.requests()));
      cell(page, String.valueOf(trial.failed()));
      cell(page, trial.note());
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div></details></section>\n");
  }

  private void settings(StringBuilder page) {
    page.append("<section id=\"settings\"><h2>Settings</h2><table><tbody>\n");
    story
        .facts()
        .forEach((name, value) ->
            page.append(
                "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                    .formatted(Html.escape(name), Html.escape(value))));
    page.append("</tbody></table></section>\n<section id=\"command\"><h2>Repeat</h2><pre>")
        .append(Html.escape(story.command()))
        .append("</pre></section>\n");
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td>%s</td>".formatted(Html.escape(text)));
  }

  private static String interval(Ratio ratio) {
    return ratio.hasInterval() ? times(ratio.low()) + " to " + times(ratio.high()) : "none";
  }

  private static String times(double ratio) {
    return Double.isFinite(ratio) ? "x" + number(ratio) : "–";
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String form = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
