package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;

/// Whether enough managers are up, and how many may fail.
final class Quorum extends EngineCheck {
  private static final int MANAGERS_MAX = 7;

  Quorum() {
    super("quorum");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    List<NodeFacts> managers = engine.nodes().stream().filter(NodeFacts::isManager).toList();
    if (engine.refusals().containsKey("/nodes")) {
      refused(engine, engine.refusals().getOrDefault("/nodes", ""), into);
      return;
    }
    if (managers.isEmpty()) {
      return;
    }
    unreachable(managers, into);
    if (managers.stream().noneMatch(manager -> manager.node().leader())) {
      into.critical(
          "swarm",
          "no manager leads",
          "Without a leader nothing is scheduled or changed.",
          "sudo systemctl restart docker  # on one manager after the other");
    }
    number(managers.size(), into);
  }

  private static void refused(EngineFacts engine, String why, Findings into) {
    if (!engine.swarm().path("ControlAvailable").asBoolean(false)) {
      into.unseen("swarm", why);
      return;
    }
    int known = engine.swarm().path("RemoteManagers").size();
    into.critical(
        "swarm",
        "the managers have no quorum: " + why,
        "Running tasks go on, but nothing is scheduled, healed or changed. %s needed of %d."
            .formatted(Words.count(known / 2 + 1, "manager"), known),
        "start the managers that are off: sudo systemctl start docker",
        "if they are lost for good, on one that is left: docker swarm init --force-new-cluster"
            + " --advertise-addr ITS-ADDRESS; then add managers again");
  }

  private static void unreachable(List<NodeFacts> managers, Findings into) {
    long reachable =
        managers.stream().filter(one -> one.node().reachability().equals("reachable")).count();
    int needed = managers.size() / 2 + 1;
    for (NodeFacts manager : managers) {
      if (!manager.node().reachability().equals("reachable")) {
        into.critical(
            manager.node().hostname(),
            "a manager that the others do not reach",
            "%d of %d managers are left; %d are needed, so %s more may fail."
                .formatted(
                    reachable,
                    managers.size(),
                    needed,
                    reachable > needed ? reachable - needed : "none"),
            "sudo systemctl start docker  # on " + manager.node().hostname(),
            "if it is lost for good: docker node demote %1$s; docker node rm --force %1$s"
                .formatted(manager.node().hostname()));
      }
    }
  }

  private static void number(int managers, Findings into) {
    if (managers == 1) {
      into.note(
          "swarm",
          "1 manager",
          "If it fails, tasks go on, and nothing is scheduled or changed until it is back."
              + " Three managers survive the loss of one.",
          "docker node promote NODE NODE");
    } else if (managers % 2 == 0) {
      into.warning(
          "swarm",
          managers + " managers, an even number",
          managers == 2
              ? "Both are needed: if either fails, the swarm cannot be changed any more. One"
                  + " manager alone is safer, three survive the loss of one."
              : "They survive the loss of %d, as %d managers would; each more is one more that may"
                      .formatted((managers - 1) / 2, managers - 1)
                  + " fail.",
          "docker node promote NODE   # to have %d, or".formatted(managers + 1),
          "docker node demote NODE    # to have %d".formatted(managers - 1));
    } else if (managers > MANAGERS_MAX) {
      into.note(
          "swarm",
          managers + " managers",
          "Every change waits for a majority of them. Five survive the loss of two.",
          "docker node demote NODE");
    }
  }
}
