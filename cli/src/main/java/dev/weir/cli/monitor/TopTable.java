package dev.weir.cli.monitor;

import dev.weir.base.Visible;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Containers of all nodes as lines for a person to read.
final class TopTable {
  /// What rows are sorted by.
  enum Sort {
    /// CPU, most first.
    CPU,
    /// Memory, most first.
    MEMORY,
    /// Container.
    NAME,
    /// Node, then container.
    NODE,
    /// Service, then container.
    SERVICE
  }

  private static final List<String> HEADER =
      List.of("NODE", "CONTAINER", "SERVICE", "CPU %", "MEMORY", "LIMIT", "MEM %");

  /// The first column of figures, which are aligned right.
  private static final int FIGURES_FROM = 3;

  private static final int NAME_MAX = 48;

  private TopTable() {}

  static List<TopRow> sorted(List<TopRow> rows, Sort by) {
    Comparator<TopRow> order =
        switch (by) {
          case CPU -> Comparator.comparingDouble(TopRow::cpuPercent).reversed();
          case MEMORY -> Comparator.comparingLong(TopRow::memoryBytes).reversed();
          case NAME -> Comparator.comparing(TopRow::container);
          case NODE -> Comparator.comparing(TopRow::node);
          case SERVICE -> Comparator.comparing(TopRow::service);
        };
    return rows.stream()
        .sorted(order.thenComparing(TopRow::node).thenComparing(TopRow::container))
        .toList();
  }

  static List<String> lines(List<TopRow> rows, Terminal terminal) {
    var cells = new ArrayList<List<String>>();
    cells.add(HEADER);
    rows.forEach(row -> cells.add(cells(row)));
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(c -> cells.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
            .toArray();
    var lines = new ArrayList<String>();
    for (List<String> line : cells) {
      String text = line(line, widths);
      lines.add(lines.isEmpty() ? terminal.bold(text) : text);
    }
    return lines;
  }

  private static List<String> cells(TopRow row) {
    boolean limited = row.memoryLimitBytes() > 0;
    return List.of(
        Visible.line(row.node()),
        shortened(Visible.line(row.container())),
        row.service().isEmpty() ? "-" : Visible.line(row.service()),
        Double.isNaN(row.cpuPercent()) ? "-" : decimal(row.cpuPercent()),
        row.memoryBytes() < 0 ? "-" : size(row.memoryBytes()),
        limited ? size(row.memoryLimitBytes()) : "-",
        limited && row.memoryBytes() >= 0
            ? decimal(100.0 * row.memoryBytes() / row.memoryLimitBytes())
            : "-");
  }

  private static String shortened(String name) {
    return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX - 3) + "...";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String size(long bytes) {
    if (bytes < 1L << 20) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0)
        : String.format(Locale.ROOT, "%.2f GiB", bytes / 1073741824.0);
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String space = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c < FIGURES_FROM ? cells.get(c) + space : space + cells.get(c)).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
