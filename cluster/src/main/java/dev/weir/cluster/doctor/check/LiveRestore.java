package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;

/// A setting of the Engine that a swarm does not allow.
final class LiveRestore extends HostCheck {
  LiveRestore() {
    super("live-restore");
  }

  @Override
  public void examine(Facts facts, Findings into) {
    for (Member member : facts.members()) {
      boolean own = isOwn(member, facts);
      if (member.report().isPresent()) {
        examine(member, member.report().get(), facts, into);
      } else if (!own) {
        into.unseen(member.name(), member.whyUnseen());
      } else if (isOn(facts.engine().map(engine -> engine))) {
        report(member.name(), into);
      }
    }
  }

  private static boolean isOwn(Member member, Facts facts) {
    String id = facts.engine().map(e -> e.swarm().path("NodeID").asString("")).orElse("");
    return member.node().map(node -> node.node().id().equals(id)).orElse(false);
  }

  private static boolean isOn(java.util.Optional<EngineFacts> engine) {
    return engine
        .map(facts -> facts.info().path("LiveRestoreEnabled").asBoolean(false))
        .orElse(false);
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    look(
        member,
        report.isSet("live-restore", true),
        "/etc/docker/daemon.json",
        into,
        set -> {
          boolean now =
              report.info().map(i -> i.path("LiveRestoreEnabled").asBoolean(false)).orElse(false);
          if (set || now) {
            report(member.name(), into);
          }
        });
  }

  private static void report(String name, Findings into) {
    into.critical(
        name,
        "live-restore is on",
        "An Engine with it refuses to be in a swarm: it does not come back after its next restart.",
        "remove \"live-restore\" from /etc/docker/daemon.json  # on " + name,
        "sudo systemctl reload docker");
  }
}
