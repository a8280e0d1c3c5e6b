package dev.weir.term;

import dev.weir.base.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text under a header, in aligned columns.
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /// Adds a row; an empty cell becomes a dash, so that scripts can cut columns.
  public void add(String... cells) {
    rows.add(
        List.of(cells).stream().map(cell -> cell.isBlank() ? "-" : Visible.line(cell)).toList());
  }

  public List<String> lines() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
