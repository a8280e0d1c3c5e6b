package dev.weir.report;

import dev.weir.report.output.Html;
import dev.weir.report.output.Resource;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Builds the page: texts and tables as HTML, figures of charts as JSON, and the script that draws
/// them, in one file.
final class Page {
  /// The page may run its own script but load nothing.
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
          + " base-uri 'none'; form-action 'none'";

  private static final String METHOD =
      """
      <section id="method"><h2>How these figures were computed</h2>
      <ul>
      <li>Latency counts from the instant a request was <em>due</em>, so a stall is charged for every
      request it made late.</li>
      <li>Percentiles are exact, by nearest rank, over the requests that succeeded (no error and a
      status below 400). Failures are counted next to them, never averaged in.</li>
      <li>CPU is the difference of the container's cumulative counter over the difference of its own
      timestamps. A line breaks where the container restarted or samples are missing.</li>
      <li>Series too long to draw keep the lowest and the highest value of every bucket.</li>
      <li>All runs share the same axes. Time is in seconds since each run's load began.</li>
      </ul></section>
      """;

  private static final String SIZING =
      """
      <section id="sizing"><h2>Sizing</h2>
      <p class="caption">Predicted for a load with the run's gaps between requests, on replicas that
      work on one request at a time, in one queue. The work is taken from the run's response times,
      which also hold all waiting: an upper bound, close at low load. <code>weir report --slo</code> names
      a promise, <code>weir size RUN</code> has more options.</p>
      <div class="columns wide">
      """;

  private final String title;
  private final List<RunRecord> runs;
  private final RunsSideBySide comparison;
  private final Payload payload;
  private final Optional<Promise> promise;

  /// @param promise the latency that the section on sizing is about; empty for none
  Page(String title, List<RunRecord> runs, Optional<Promise> promise) {
    this.title = title;
    this.promise = promise;
    this.runs = runs;
    comparison = RunsSideBySide.of(runs);
    payload = new Payload(runs, comparison.summaries().stream().map(Summary::label).toList());
  }

  String html() throws IOException {
    var page = new StringBuilder(1 << 20);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n".formatted(POLICY))
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>%s</title>\n".formatted(Html.escape(title)))
        .append("<style>\n%s</style>\n</head>\n".formatted(Resource.text("report.css")))
        .append("<body style=\"--runs:%d\">\n<main>\n".formatted(runs.size()));
    body(page);
    page.append("</main>\n<script type=\"application/json\" id=\"figures\">")
        .append(payload.json())
        .append("</script>\n<script>")
        .append(Resource.charting())
        .append("</script>\n<script>\n")
        .append(Resource.text("report.js"))
        .append("</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private void body(StringBuilder page) {
    var tables = new Tables(runs, comparison);
    page.append("<h1>%s</h1>\n".formatted(Html.escape(title)))
        .append("<p class=\"lead\">%s</p>\n".formatted(Html.escape(comparison.sentence())))
        .append("<noscript><p class=\"warning\">The charts need JavaScript. All tables below are")
        .append(" complete without it.</p></noscript>\n")
        .append(tables.notices())
        .append(tables.headline());
    charts(page);
    sizing(page);
    page.append(new DecisionTable(runs, comparison).html())
        .append(tables.certificates())
        .append(tables.settings())
        .append(tables.events())
        .append(tables.commands())
        .append(METHOD);
  }

  private void charts(StringBuilder page) {
    page.append("<section id=\"time\"><div class=\"bar\"><h2>Over time</h2>")
        .append("<span class=\"hint\">Seconds count from the start of each run's load. Drag a")
        .append(
            " slider, or hold Shift and turn the wheel over a chart, and all panels follow.</span>")
        .append("<button type=\"button\" id=\"reset\">Whole run</button></div>\n");
    String counted =
        "Counted in windows of %s.".formatted(FigureText.seconds(payload.windowSeconds()));
    panel(
        page, "arrivals", "Arrivals", "Requests per second, as scheduled and as sent. " + counted);
    panel(
        page,
        "latency",
        "Latency",
        "From the due time to the response, of requests that succeeded, in windows of %s by due time."
            .formatted(FigureText.seconds(payload.latencyWindowSeconds())));
    if (runs.stream().anyMatch(run -> RunScaling.of(run).isPresent())) {
      panel(
          page,
          "scaling",
          "Autoscaling",
          "Arrivals, replicas and the promised percentile on one axis of time. A diamond is a"
              + " decision that changed the number of replicas; point at it for its words, or read"
              + " them below. "
              + counted);
    }
    panel(page, "replicas", "Requests per replica", "Served by each replica, stacked. " + counted);
    panel(page, "cpu", "CPU", "Processor cores used by each container.");
    panel(page, "memory", "Memory", "Memory in use by each container, in millions of bytes.");
    panel(page, "events", "Events", "What happened; each is a thin line in the panels above.");
    page.append("</section>\n<section id=\"distribution\"><h2>Latency distribution</h2>\n")
        .append("<p class=\"caption\">Every percentile up to the maximum, exact by nearest rank;")
        .append(" each further nine is one equal step to the right.</p>\n")
        .append("<div class=\"chart tall\" data-panel=\"curve\"></div></section>\n");
  }

  /// The number of replicas that each run's requests need, where there are enough of them.
  private void sizing(StringBuilder page) {
    var figures = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      String caption = figcaption(i);
      promise
          .map(wanted -> RunSizing.of(run, wanted))
          .orElseGet(() -> RunSizing.of(run))
          .ifPresent(sizing ->
              figures.append(
                  "<figure>%s<div class=\"drawn\">%s</div><p class=\"why\">%s</p></figure>\n"
                      .formatted(
                          caption,
                          SizingChart.svg(sizing.curve()),
                          Html.escape(sizing.sentence()))));
    }
    if (!figures.isEmpty()) {
      page.append(SIZING).append(figures).append("</div></section>\n");
    }
  }

  private String figcaption(int run) {
    return "<figcaption><i class=\"run%d\"></i>%s</figcaption>"
        .formatted(run, Html.escape(comparison.summaries().get(run).label()));
  }

  private void panel(StringBuilder page, String name, String heading, String caption) {
    String toggle =
        name.equals("latency")
            ? " <button type=\"button\" class=\"log\" aria-pressed=\"false\">log scale</button>"
            : "";
    page.append("<h3>%s%s</h3><p class=\"caption\">%s</p>\n".formatted(heading, toggle, caption))
        .append("<div class=\"columns\">\n");
    for (int i = 0; i < runs.size(); i++) {
      page.append("<figure>").append(figcaption(i));
      page.append(
          "<div class=\"chart\" data-panel=\"%s\" data-run=\"%d\"></div></figure>\n"
              .formatted(name, i));
    }
    page.append("</div>\n");
  }
}
