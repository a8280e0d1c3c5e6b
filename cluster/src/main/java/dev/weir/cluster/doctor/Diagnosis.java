package dev.weir.cluster.doctor;

import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.finding.Finding;
import dev.weir.cluster.doctor.finding.Severity;
import dev.weir.cluster.doctor.finding.Unseen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What an examination of a swarm came to.
///
/// @param at when it was made
/// @param swarm the swarm's id; empty if unknown
/// @param nodes how many machines it knows
/// @param checks the names of the checks that were made
/// @param findings what they found, the worst first
/// @param unseen what they could not look at
/// @param probes which ports nodes reach of one another
public record Diagnosis(
    Instant at,
    String swarm,
    int nodes,
    List<String> checks,
    List<Finding> findings,
    List<Unseen> unseen,
    List<PortProbe> probes) {
  /// The version of [#json].
  public static final int SCHEMA = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Sorts the findings, the worst first, and copies the lists.
  public Diagnosis {
    checks = List.copyOf(checks);
    var sorted = new ArrayList<>(findings);
    sorted.sort(Comparator.comparing(Finding::severity)); // stable: checks keep their order
    findings = List.copyOf(sorted);
    unseen = List.copyOf(unseen);
    probes = List.copyOf(probes);
  }

  /// How many findings are of a severity.
  public long count(Severity severity) {
    return findings.stream().filter(one -> one.severity() == severity).count();
  }

  /// Whether nothing is worse than a note. What could not be seen does not count.
  public boolean isHealthy() {
    return findings.stream().allMatch(one -> one.severity() == Severity.NOTE);
  }

  /// As JSON; docs/doctor.md describes it.
  public String json() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("schema", SCHEMA);
    tree.put("at", at.toString());
    tree.put("swarm", swarm);
    tree.put("nodes", nodes);
    tree.put("healthy", isHealthy());
    var summary = new LinkedHashMap<String, Object>();
    for (Severity severity : Severity.values()) {
      summary.put(severity.toString(), count(severity));
    }
    summary.put("unseen", unseen.size());
    tree.put("summary", summary);
    tree.put("checks", checks);
    tree.put("findings", findings.stream().map(Diagnosis::tree).toList());
    tree.put("unseen", unseen);
    tree.put("ports", probes.stream().map(Diagnosis::tree).toList());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private static Map<String, Object> tree(Finding one) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("severity", one.severity().toString());
    tree.put("check", one.check());
    tree.put("subject", one.subject());
    tree.put("seen", one.seen());
    tree.put("why", one.why());
    tree.put("fix", one.fix());
    return tree;
  }

  private static Map<String, Object> tree(PortProbe one) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("from", one.from());
    tree.put("to", one.to());
    tree.put("port", one.port());
    tree.put("protocol", one.protocol());
    tree.put("state", one.state().name().toLowerCase(Locale.ROOT));
    tree.put("evidence", one.evidence());
    return tree;
  }
}
