package dev.weir.cli.cluster;

import dev.weir.cluster.form.FormPlan;
import dev.weir.cluster.form.Step;
import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Finding.Severity;
import dev.weir.term.TextTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What checks found and what a plan holds, as tables and as JSON.
final class FindingTable {
  private FindingTable() {}

  /// One row for each finding, the worst last, where one looks first.
  static List<String> lines(List<Finding> findings) {
    var table = new TextTable("HOST", "CHECK", "RESULT", "FOUND", "FIX");
    findings.stream()
        .sorted(Comparator.comparing(Finding::severity))
        .forEach(one ->
            table.add(one.host(), one.check(), word(one.severity()), one.found(), one.fix()));
    return table.lines();
  }

  /// One row for each step.
  static List<String> lines(FormPlan plan) {
    var table = new TextTable("HOST", "STEP");
    plan.steps().forEach(step -> table.add(step.host(), step.words()));
    return table.lines();
  }

  static List<Map<String, Object>> tree(List<Finding> findings) {
    return findings.stream().map(FindingTable::tree).toList();
  }

  static List<Map<String, Object>> tree(FormPlan plan) {
    return plan.steps().stream().map(FindingTable::tree).toList();
  }

  private static Map<String, Object> tree(Finding one) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("host", one.host());
    tree.put("check", one.check());
    tree.put("severity", word(one.severity()));
    tree.put("found", one.found());
    tree.put("fix", one.fix());
    return tree;
  }

  private static Map<String, Object> tree(Step step) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("host", step.host());
    tree.put("step", step.words());
    return tree;
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
