package dev.weir.cli.simulate;

import dev.weir.sim.suite.Rule;
import dev.weir.sim.suite.RuleResult;
import dev.weir.sim.suite.Verdict;
import dev.weir.store.folder.RunJson;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Verdicts of the policy suite as people and programs read them.
final class SuiteTable {
  private static final List<Rule> COLUMNS =
      List.of(Rule.P99, Rule.MEAN, Rule.WINDOW, Rule.STEADY, Rule.REFERENCE);

  private SuiteTable() {}

  /// A row for each case, and how many pass.
  static List<String> lines(List<Verdict> verdicts) {
    var table =
        new TextTable(
            "case",
            "verdict",
            "weir p99",
            "least-requests",
            "p99",
            "mean",
            "window",
            "steady",
            "reference",
            "decided by");
    for (Verdict verdict : verdicts) {
      var cells = new ArrayList<String>();
      cells.add(verdict.name());
      cells.add(verdict.passes() ? "PASS" : "FAIL");
      cells.add(SimulationTable.time(verdict.weir()));
      cells.add(SimulationTable.time(verdict.leastRequests()));
      COLUMNS.forEach(rule -> cells.add(ratio(verdict, rule)));
      cells.add(decision(verdict.decisive()));
      table.add(cells.toArray(String[]::new));
    }
    var lines = new ArrayList<>(table.lines());
    long passed = verdicts.stream().filter(Verdict::passes).count();
    lines.add("");
    lines.add("%d of %d cases pass".formatted(passed, verdicts.size()));
    return lines;
  }

  private static String ratio(Verdict verdict, Rule rule) {
    return verdict.findings().stream()
        .filter(finding -> finding.rule() == rule)
        .map(finding -> number(finding.value()) + (finding.passes() ? "" : "!"))
        .findFirst()
        .orElse("");
  }

  private static String decision(RuleResult finding) {
    String range =
        finding.least() == finding.most()
            ? ""
            : " (%s to %s)".formatted(number(finding.least()), number(finding.most()));
    return "%s %s%s, at most %s%s"
        .formatted(
            finding.rule().label(),
            number(finding.value()),
            range,
            number(finding.bound()),
            finding.detail().isEmpty() ? "" : ": " + finding.detail());
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /// One JSON document.
  static String json(List<Verdict> verdicts, String command, long firstSeed, int seeds) {
    var document = new LinkedHashMap<String, Object>();
    document.put("command", command);
    document.put("seed", firstSeed);
    document.put("seeds", seeds);
    document.put("passes", verdicts.stream().allMatch(Verdict::passes));
    document.put("cases", verdicts.stream().map(SuiteTable::row).toList());
    return RunJson.pretty(document);
  }

  private static Map<String, Object> row(Verdict verdict) {
    var row = new LinkedHashMap<String, Object>();
    row.put("name", verdict.name());
    row.put("passes", verdict.passes());
    row.put("p99Seconds", verdict.weir());
    row.put("p99LeastRequestsSeconds", verdict.leastRequests());
    row.put("decidedBy", verdict.decisive().rule().label());
    row.put("findings", verdict.findings().stream().map(SuiteTable::row).toList());
    return row;
  }

  private static Map<String, Object> row(RuleResult finding) {
    var row = new LinkedHashMap<String, Object>();
    row.put("rule", finding.rule().label());
    row.put("passes", finding.passes());
    row.put("value", finding.value());
    row.put("least", finding.least());
    row.put("most", finding.most());
    row.put("bound", finding.bound());
    row.put("detail", finding.detail());
    return row;
  }
}
