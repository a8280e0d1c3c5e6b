import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/// Prints what bench/abuse found: a row for each balancer in each case, and the verdict on Weir.
final class AbuseTable {
  private static final String ROW = "%-20s %-8s %7s %8s %7s %7s %7s %8s  %-13s %-14s %s%n";

  /// One run of a case.
  ///
  /// @param verdict null for other balancers than Weir
  record Row(AbuseCase testCase, Outcome outcome, Verdict verdict) {}

  private AbuseTable() {}

  static void print(List<Row> rows) {
    System.out.printf(
        ROW,
        "case",
        "balancer",
        "before",
        "during",
        "failed",
        "after",
        "failed",
        "recovers",
        "RSS MiB",
        "descriptors",
        "verdict");
    rows.forEach(AbuseTable::print);
    long judged = rows.stream().filter(row -> row.verdict != null).count();
    long held = rows.stream().filter(row -> row.verdict != null && row.verdict.held()).count();
    System.out.printf(
        "%n%d of %d cases held. Times are p99 of a normal client in ms.%n", held, judged);
  }

  private static void print(Row row) {
    Outcome got = row.outcome;
    System.out.printf(
        ROW,
        got.testCase(),
        got.balancer(),
        millis(got.before().p99()),
        millis(got.during().p99()),
        share(got.during()),
        millis(got.after().p99()),
        share(got.after()),
        row.testCase.ends
            ? "-"
            : Double.isInfinite(got.recoverySeconds())
                ? "never"
                : text("%.1f s", got.recoverySeconds()),
        text("%.0f %.0f %.0f", got.start().rssMib(), got.peak().rssMib(), got.end().rssMib()),
        got.start().descriptors() + " " + got.peak().descriptors() + " " + got.end().descriptors(),
        verdict(row.verdict));
    if (row.verdict != null) {
      row.verdict.faults().forEach(fault -> System.out.println("    " + fault));
      if (!row.verdict.doubt().isEmpty()) {
        System.out.println("    note: the machine was busy: " + row.verdict.doubt());
      }
    }
  }

  private static String verdict(Verdict verdict) {
    return verdict == null ? "" : verdict.held() ? "held" : "FAILED";
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? "-" : text(value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String share(Window window) {
    return window.failed() == 0
        ? "0"
        : text("%.1f %%", 100.0 * window.failed() / window.requests());
  }

  private static String text(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }

  static String json(List<Row> rows) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Row row : rows) {
      Outcome got = row.outcome;
      var one = new LinkedHashMap<String, Object>();
      one.put("case", got.testCase());
      one.put("what", row.testCase.what);
      one.put("balancer", got.balancer());
      one.put("heap", row.testCase.heap);
      one.put("before", window(got.before()));
      one.put("during", window(got.during()));
      one.put("after", window(got.after()));
      one.put("floor", window(got.floor()));
      one.put("recoverySeconds", finite(got.recoverySeconds()));
      one.put("start", got.start());
      one.put("peak", got.peak());
      one.put("end", got.end());
      one.put("health", got.health());
      one.put("exit", got.exit() < 0 ? null : got.exit());
      one.put("stopSeconds", got.stopSeconds());
      one.put("attack", got.attack());
      one.put("held", row.verdict == null ? null : row.verdict.held());
      one.put("faults", row.verdict == null ? List.of() : row.verdict.faults());
      one.put("doubt", row.verdict == null ? "" : row.verdict.doubt());
      all.add(one);
    }
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  private static Map<String, Object> window(Window window) {
    var one = new LinkedHashMap<String, Object>();
    one.put("requests", window.requests());
    one.put("failed", window.failed());
    one.put("p50Millis", finite(window.p50()));
    one.put("p99Millis", finite(window.p99()));
    one.put("errors", window.errors());
    return one;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
