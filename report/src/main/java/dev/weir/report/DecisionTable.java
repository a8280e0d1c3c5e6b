package dev.weir.report;

import dev.weir.report.output.Html;
import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Locale;

/// The decisions of each run's autoscaling in words, as they are drawn in its panel.
///
/// @param runs which were scaled or not
/// @param comparison with their labels
record DecisionTable(List<RunRecord> runs, RunsSideBySide comparison) {
  /// As a section of the page; empty if no run was scaled.
  String html() {
    List<RunScaling> scaled = runs.stream().flatMap(run -> RunScaling.of(run).stream()).toList();
    if (scaled.isEmpty()) {
      return "";
    }
    var html =
        new StringBuilder(
            "<section id=\"decisions\"><h2>Decisions in words</h2>\n<div class=\"columns\">\n");
    for (int i = 0; i < runs.size(); i++) {
      String label = comparison.summaries().get(i).label();
      html.append("<div><h4>%s</h4>".formatted(Html.escape(label)));
      html.append(RunScaling.of(runs.get(i)).map(DecisionTable::list).orElse(none()));
      html.append("</div>\n");
    }
    return html.append("</div></section>\n").toString();
  }

  private static String none() {
    return "<p class=\"empty\">No decision changed the number of replicas.</p>";
  }

  private static String list(RunScaling scaling) {
    if (scaling.decisions().isEmpty()) {
      return none();
    }
    var html = new StringBuilder("<ol class=\"events\">");
    scaling
        .decisions()
        .forEach(one ->
            html.append(
                String.format(
                    Locale.ROOT,
                    "<li><time>%.1f s</time> <b>%d → %d</b> %s</li>",
                    one.seconds(),
                    one.decided().before(),
                    one.decided().replicas(),
                    Html.escape(one.decided().words()))));
    return html + "</ol>";
  }
}
