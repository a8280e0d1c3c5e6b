package dev.weir.cli.simulate;

import dev.weir.store.folder.RunJson;
import dev.weir.term.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Rules of autoscaling compared, as people and programs read it.
final class AutoscaleTable {
  private AutoscaleTable() {}

  /// A row for each trace and rule.
  static List<String> lines(List<AutoscaleRow> rows) {
    var table =
        new TextTable(
            "trace",
            "rule",
            "replica-seconds",
            "/cpu",
            "starts",
            "late",
            "bad minutes",
            "worst wait");
    for (AutoscaleRow row : rows) {
      table.add(
          row.trace(),
          row.rule(),
          figure("%.0f", row.replicaSeconds()),
          figure("%.2f", row.relativeCost()),
          figure("%.0f", row.starts()),
          figure("%.2f %%", 100 * row.lateShare()),
          figure("%.1f %%", 100 * row.badShare()),
          SimulationTable.time(row.worstWaitSeconds()));
    }
    return table.lines();
  }

  private static String figure(String form, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, form, value);
  }

  /// One JSON document.
  static String json(List<AutoscaleRow> rows, String command, long firstSeed, int seeds) {
    var document = new LinkedHashMap<String, Object>();
    document.put("command", command);
    document.put("seed", firstSeed);
    document.put("seeds", seeds);
    document.put("results", rows);
    return RunJson.pretty(document);
  }
}
