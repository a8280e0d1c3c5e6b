package dev.weir.cli.simulate;

import dev.weir.sim.PolicyResult;
import dev.weir.sim.ResponseTimes;
import dev.weir.sim.SimulatedRun;
import dev.weir.store.folder.RunJson;
import dev.weir.term.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Outcomes as people and programs read them.
final class SimulationTable {
  private static final int SERVERS_SHOWN = 8;

  private SimulationTable() {}

  /// One aligned row for each policy.
  static List<String> lines(List<PolicyResult> outcomes, double serviceMeanSeconds) {
    String head =
        String.format(
            Locale.ROOT,
            "%-15s %9s %9s %9s %9s %8s %5s %7s %8s %7s %9s  %s",
            "policy",
            "mean",
            "p50",
            "p99",
            "p99.9",
            "p99/S",
            "util",
            "errors",
            "refused",
            "failed",
            "cancelled",
            "share:limit per replica");
    var lines =
        outcomes.stream().map(o -> line(o, serviceMeanSeconds)).collect(Collectors.toList());
    lines.addFirst(head);
    return lines;
  }

  private static String line(PolicyResult outcome, double serviceMeanSeconds) {
    String servers =
        outcome.servers().stream()
            .limit(SERVERS_SHOWN)
            .map(s ->
                String.format(Locale.ROOT, "%.1f%%", s.share() * 100)
                    + (s.limit() == 0 ? "" : ":" + s.limit()))
            .collect(Collectors.joining(" "));
    int more = outcome.servers().size() - SERVERS_SHOWN;
    return String.format(
        Locale.ROOT,
        "%-15s %9s %9s %9s %9s %8.1f %5s %7d %8d %7d %9d  %s%s",
        outcome.policy(),
        time(outcome.meanSeconds()),
        time(outcome.p50Seconds()),
        time(outcome.p99Seconds()),
        time(outcome.p999Seconds()),
        outcome.p99Seconds() / serviceMeanSeconds,
        Double.isNaN(outcome.utilisation())
            ? "-"
            : String.format(Locale.ROOT, "%.1f%%", outcome.utilisation() * 100),
        outcome.errors(),
        outcome.refused(),
        outcome.failed(),
        outcome.cancelled(),
        servers,
        more > 0 ? " and %d more".formatted(more) : "");
  }

  static String time(double seconds) {
    if (Double.isNaN(seconds)) {
      return "-";
    }
    if (seconds < 0.001) {
      return String.format(Locale.ROOT, "%.0f us", seconds * 1e6);
    }
    return seconds < 1
        ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }

  /// One aligned row for each policy and window of time.
  static List<String> windows(List<SimulatedRun> played, double windowSeconds) {
    var table = new TextTable("policy", "from", "requests", "mean", "p50", "p99");
    for (SimulatedRun one : played) {
      for (ResponseTimes.Window window : one.times().windows(windowSeconds)) {
        table.add(
            one.outcome().policy(),
            String.format(Locale.ROOT, "%.0f s", window.startSeconds()),
            Integer.toString(window.figures().count()),
            time(window.figures().meanSeconds()),
            time(window.figures().p50Seconds()),
            time(window.figures().p99Seconds()));
      }
    }
    return table.lines();
  }

  /// One JSON document.
  ///
  /// @param windowSeconds the length of the windows that get a row each; NaN for none
  /// @param isExplained whether to show how limits changed
  static String json(
      List<SimulatedRun> played,
      double windowSeconds,
      boolean isExplained,
      String command,
      long seed) {
    var document = new LinkedHashMap<String, Object>();
    document.put("command", command);
    document.put("seed", seed);
    document.put("policies", played.stream().map(SimulatedRun::outcome).toList());
    if (!Double.isNaN(windowSeconds)) {
      var windows = new LinkedHashMap<String, Object>();
      played.forEach(
          one -> windows.put(one.outcome().policy(), one.times().windows(windowSeconds)));
      document.put("windows", windows);
    }
    if (isExplained) {
      document.put("limits", SimulationReasons.tree(played));
    }
    return RunJson.pretty(document);
  }
}
