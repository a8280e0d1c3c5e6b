package dev.weir.report;

import dev.weir.base.Visible;
import java.util.ArrayList;
import java.util.List;

/// Formats a comparison for a terminal: the figure, each run's value, and its ratio to the first.
final class SideBySideText {
  private SideBySideText() {}

  static List<String> lines(RunsSideBySide comparison) {
    List<List<String>> cells = cells(comparison);
    var widths = new int[cells.getFirst().size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var lines = new ArrayList<String>(comparison.missing());
    for (List<String> row : cells) {
      lines.add(line(row, widths));
    }
    lines.add("");
    lines.add(comparison.sentence());
    return lines;
  }

  private static List<List<String>> cells(RunsSideBySide comparison) {
    int runs = comparison.summaries().size();
    var cells = new ArrayList<List<String>>();
    var head = new ArrayList<String>(List.of(""));
    for (int run = 0; run < runs; run++) {
      head.add(Visible.line(comparison.summaries().get(run).label()));
      if (run > 0) {
        head.add("");
      }
    }
    cells.add(head);
    for (Row row : comparison.rows()) {
      var line = new ArrayList<String>(List.of(Visible.line(row.name())));
      for (int run = 0; run < runs; run++) {
        line.add(row.text(run) + (row.better(run) ? " *" : "  "));
        if (run > 0) {
          line.add(Double.isNaN(row.ratio(run)) ? "" : FigureText.ratio(row.ratio(run)));
        }
      }
      cells.add(line);
    }
    return cells;
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
