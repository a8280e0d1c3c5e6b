package dev.weir.cli.simulate;

import dev.weir.sim.LimitChange;
import dev.weir.sim.PolicyResult;
import dev.weir.sim.PolicyResult.ServerOutcome;
import dev.weir.sim.SimulatedRun;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Explains the limits of replicas, for the policies that set any.
final class SimulationReasons {
  private static final int CHANGES_SHOWN = 40;

  private SimulationReasons() {}

  /// The limits at the end, then how they came about.
  static List<String> lines(List<SimulatedRun> played) {
    var lines = new ArrayList<String>();
    for (SimulatedRun one : limited(played)) {
      lines.add("");
      lines.addAll(atTheEnd(one.outcome()));
      lines.add("");
      lines.addAll(changes(one));
    }
    return lines;
  }

  /// All changes, by policy.
  static Map<String, List<LimitChange>> tree(List<SimulatedRun> played) {
    var tree = new LinkedHashMap<String, List<LimitChange>>();
    limited(played).forEach(one -> tree.put(one.outcome().policy(), one.limits()));
    return tree;
  }

  private static List<SimulatedRun> limited(List<SimulatedRun> played) {
    return played.stream()
        .filter(one -> one.limits().stream().noneMatch(SimulationReasons::isThePolicys))
        .toList();
  }

  /// Other policies set no limits, and report that for every replica.
  private static boolean isThePolicys(LimitChange change) {
    return change.reason().startsWith("policy ");
  }

  private static List<String> atTheEnd(PolicyResult outcome) {
    var table = new TextTable(outcome.policy(), "limit", "knee", "since", "why");
    for (int i = 0; i < outcome.servers().size(); i++) {
      ServerOutcome server = outcome.servers().get(i);
      boolean gone = server.limitReason().isEmpty();
      table.add(
          "replica " + (i + 1),
          count(server.limit(), "none"),
          count(server.knee(), ""),
          gone ? "" : time(outcome.seconds() - server.limitAgeSeconds()),
          gone ? "has left" : server.limitReason());
    }
    return table.lines();
  }

  private static List<String> changes(SimulatedRun played) {
    var table = new TextTable("from", "replicas", "limit", "why");
    var together = new LinkedHashMap<String, List<LimitChange>>();
    for (LimitChange change : played.limits()) {
      String key = time(change.seconds()) + change.limit() + change.reason();
      together.computeIfAbsent(key, _ -> new ArrayList<>()).add(change);
    }
    for (List<LimitChange> same : together.values().stream().limit(CHANGES_SHOWN).toList()) {
      LimitChange first = same.getFirst();
      table.add(
          time(first.seconds()),
          same.stream().map(LimitChange::replica).collect(Collectors.joining(", ")),
          count(first.limit(), "none"),
          first.reason());
    }
    List<String> lines = new ArrayList<>(table.lines());
    int more = together.size() - CHANGES_SHOWN;
    if (more > 0) {
      lines.add("and %d more changes (--json has all)".formatted(more));
    }
    return lines;
  }

  private static String count(int value, String none) {
    return value == 0 ? none : Integer.toString(value);
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
