package dev.weir.cli.cluster;

import dev.weir.base.Visible;
import dev.weir.cluster.doctor.Diagnosis;
import dev.weir.cluster.doctor.finding.Finding;
import dev.weir.cluster.doctor.finding.Severity;
import dev.weir.cluster.doctor.finding.Unseen;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A diagnosis for people: a table of what was found, how to mend it, and what was not seen.
final class DoctorText {
  private static final int NAMES_MAX = 6;

  private final Diagnosis diagnosis;
  private final Terminal terminal;

  DoctorText(Diagnosis diagnosis, Terminal terminal) {
    this.diagnosis = diagnosis;
    this.terminal = terminal;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    if (!diagnosis.findings().isEmpty()) {
      lines.addAll(table());
      lines.add("");
      int number = 1;
      for (Finding one : diagnosis.findings()) {
        lines.addAll(details(number++, one));
      }
      lines.add("");
    }
    if (!diagnosis.unseen().isEmpty()) {
      lines.addAll(unseen());
      lines.add("");
    }
    lines.add(summary());
    return lines;
  }

  private List<String> table() {
    var table = new TextTable("", "SEVERITY", "CHECK", "SUBJECT", "FOUND");
    int number = 1;
    for (Finding one : diagnosis.findings()) {
      table.add(number++ + ".", one.severity().toString(), one.check(), one.subject(), one.seen());
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, styled(diagnosis.findings().get(i - 1).severity(), lines.get(i)));
    }
    return lines;
  }

  private String styled(Severity severity, String line) {
    return switch (severity) {
      case CRITICAL -> terminal.red(line);
      case WARNING -> terminal.bold(line);
      case NOTE -> line;
    };
  }

  private static List<String> details(int number, Finding one) {
    var lines = new ArrayList<String>();
    lines.add("%d. %s".formatted(number, Visible.line(one.why())));
    one.fix().forEach(fix -> lines.add("     " + Visible.line(fix)));
    return lines;
  }

  /// What was missing, once for all checks and subjects that missed it.
  private List<String> unseen() {
    Map<String, Set<String>> checks = new LinkedHashMap<>();
    Map<String, Set<String>> subjects = new LinkedHashMap<>();
    for (Unseen one : diagnosis.unseen()) {
      checks.computeIfAbsent(one.why(), _ -> new LinkedHashSet<>()).add(one.check());
      subjects.computeIfAbsent(one.why(), _ -> new LinkedHashSet<>()).add(one.subject());
    }
    var lines = new ArrayList<String>();
    lines.add("Not seen, so neither right nor wrong:");
    checks.forEach((why, names) ->
        lines.add(
            "  %s of %s: %s"
                .formatted(
                    String.join(", ", names),
                    Visible.line(some(subjects.getOrDefault(why, Set.of()))),
                    Visible.line(why))));
    return lines;
  }

  private static String some(Set<String> names) {
    String first = String.join(", ", names.stream().limit(NAMES_MAX).toList());
    int more = names.size() - NAMES_MAX;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  private String summary() {
    long unseen = diagnosis.unseen().stream().map(Unseen::check).distinct().count();
    String found =
        "%s, %s, %s"
            .formatted(
                count(diagnosis.count(Severity.CRITICAL), "critical", "critical"),
                count(diagnosis.count(Severity.WARNING), "warning", "warnings"),
                count(diagnosis.count(Severity.NOTE), "note", "notes"));
    String line =
        "%s examined by %s: %s; %s"
            .formatted(
                count(diagnosis.nodes(), "node", "nodes"),
                count(diagnosis.checks().size(), "check", "checks"),
                found,
                unseen == 0
                    ? "everything was seen"
                    : count(unseen, "check", "checks") + " did not see everything");
    return diagnosis.isHealthy() ? line : terminal.bold(line);
  }

  private static String count(long number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }
}
