package dev.weir.cluster.doctor;

import dev.weir.cluster.doctor.check.Check;
import dev.weir.cluster.doctor.check.Checks;
import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.finding.Finding;
import dev.weir.cluster.doctor.finding.Findings;
import dev.weir.cluster.doctor.finding.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs the checks over what is known of a swarm.
public final class Doctor {
  private final List<Check> checks;

  private Doctor(List<Check> checks) {
    this.checks = checks;
  }

  /// With all checks.
  public static Doctor withAllChecks() {
    return new Doctor(Checks.all());
  }

  /// With some of [Checks#names].
  public static Doctor withChecks(Set<String> names) {
    return new Doctor(Checks.all().stream().filter(one -> names.contains(one.name())).toList());
  }

  /// Runs the checks.
  public Diagnosis examine(Facts facts) {
    var found = new ArrayList<Finding>();
    var unseen = new ArrayList<Unseen>();
    for (Check check : checks) {
      var findings = new Findings(check.name());
      check.examine(facts, findings);
      found.addAll(findings.found());
      unseen.addAll(findings.unseen());
    }
    return new Diagnosis(
        facts.at(),
        facts.engine().map(Doctor::swarm).orElse(""),
        facts.members().size(),
        checks.stream().map(Check::name).toList(),
        found,
        unseen,
        facts.probes());
  }

  private static String swarm(EngineFacts engine) {
    return engine.cluster().path("ID").asString("");
  }
}
