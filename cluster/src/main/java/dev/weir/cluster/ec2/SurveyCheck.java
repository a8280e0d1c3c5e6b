package dev.weir.cluster.ec2;

import dev.weir.base.UserError;
import dev.weir.cluster.ec2.Survey.Machine;
import dev.weir.cluster.record.NodeRecord.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Refuses to build on what does not fit, with every reason at once.
final class SurveyCheck {
  private final String cluster;
  private final Survey survey;
  private final List<String> problems = new ArrayList<>();

  SurveyCheck(String cluster, Survey survey) {
    this.cluster = cluster;
    this.survey = survey;
  }

  /// @throws UserError if something has to be put right before anything is made
  void beforeUp(Ec2Settings wanted, KeyFile own) {
    one("security groups", survey.groups().stream().map(Survey.Group::id).toList());
    one("key pairs", survey.keys().stream().map(Survey.KeyPair::id).toList());
    operator(wanted);
    machines();
    count(Role.MANAGER, wanted.managers(), "--managers");
    count(Role.WORKER, wanted.workers(), "--workers");
    survey.key().ifPresent(key -> key(key, own));
    if (!problems.isEmpty()) {
      throw new UserError(String.join("\n", problems));
    }
  }

  private void one(String kind, List<String> ids) {
    if (ids.size() > 1) {
      problems.add(
          "%s: %d %s have its tag: %s (expected: one; delete the others)"
              .formatted(cluster, ids.size(), kind, String.join(", ", ids)));
    }
  }

  private void operator(Ec2Settings wanted) {
    boolean known =
        survey.group().stream()
            .flatMap(group -> group.rules().stream())
            .anyMatch(rule -> rule.purpose().equals(Rule.OPERATOR));
    if (wanted.operator().isEmpty() && !known) {
      problems.add(
          "--operator-cidr: not given (expected: the address from which you reach the internet, as"
              + " only it may log in; on a server that you use over SSH, 'echo $SSH_CLIENT' shows"
              + " it first)");
    }
  }

  private void machines() {
    var seen = new HashSet<String>();
    for (Machine machine : survey.machines()) {
      String node = machine.node(cluster);
      if (!machine.isGoing() && !seen.add(node)) {
        problems.add(
            "%s: two machines have this name, one is %s (expected: one; terminate the other)"
                .formatted(node, machine.id()));
      }
      if (machine.isStopped()) {
        problems.add(
            "%s: %s is %s (expected: running; start it, or terminate it and run this again)"
                .formatted(node, machine.id(), machine.state()));
      }
    }
  }

  private void count(Role role, int wanted, String option) {
    int present = survey.of(role).size();
    if (present > wanted) {
      problems.add(
          "%s: %d, but there are %d (expected: at least that; %s)"
              .formatted(
                  option,
                  wanted,
                  present,
                  role == Role.WORKER
                      ? "to have fewer: weir cluster scale"
                      : "weir cluster remove takes a manager out safely"));
    }
  }

  private void key(Survey.KeyPair key, KeyFile own) {
    String mine = own.publicKey().orElse("");
    if (mine.isEmpty()) {
      problems.add(
          "%s: key pair %s exists, but its private key is not on this machine (expected: %s; copy"
                  .formatted(cluster, key.name(), own.file())
              + " it from where the cluster was made, or run weir cluster down)");
    } else if (!key.publicKey().isEmpty() && !key.publicKey().equals(mine)) {
      problems.add(
          "%s: key pair %s has another public key than %s (expected: the same; copy the key from"
                  .formatted(cluster, key.name(), own.file())
              + " where the cluster was made, or run weir cluster down)");
    }
  }
}
