import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The balancer's memory and descriptors over the run, and whether they stay flat.
final class SoakMemory {
  private static final double GROWTH = 1.1;
  private static final double HEAP_SLACK_MIB = 4;
  private static final double RSS_SLACK_MIB = 8;
  private static final int ROWS_LEAST = 5;

  private final List<ProcessWatch.Held> rows = new ArrayList<>();

  void add(ProcessWatch.Held held) {
    rows.add(held);
  }

  List<ProcessWatch.Held> rows() {
    return List.copyOf(rows);
  }

  /// What grew from the second fifth to the last, a line each.
  List<String> growth() {
    List<String> found = new ArrayList<>();
    if (rows.size() >= ROWS_LEAST) {
      check(found, "RSS", ProcessWatch.Held::rssMib, RSS_SLACK_MIB);
      check(found, "heap alive", ProcessWatch.Held::heapMib, HEAP_SLACK_MIB);
    }
    return found;
  }

  private void check(
      List<String> found, String what, ToDoubleFunction<ProcessWatch.Held> of, double slack) {
    double early = median(of, rows.size() / 5, Math.max(rows.size() / 5 + 1, rows.size() * 2 / 5));
    double late = median(of, rows.size() * 4 / 5, rows.size());
    if (late > early * GROWTH + slack) {
      found.add(String.format(Locale.ROOT, "%s grows: %.1f -> %.1f MiB", what, early, late));
    }
  }

  private double median(ToDoubleFunction<ProcessWatch.Held> of, int from, int to) {
    double[] sorted = rows.subList(from, to).stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
