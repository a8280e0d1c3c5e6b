package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.fact.PortProbe.State;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ports of the swarm that a node does not reach of another.
final class Ports implements Check {
  @Override
  public String name() {
    return "ports";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    for (Member member : facts.members()) {
      if (member.report().isEmpty() && member.isUp()) {
        into.unseen(member.name(), member.whyUnseen());
      }
    }
    for (PortProbe probe : facts.probes()) {
      if (probe.state().isBlocked()) {
        blocked(probe, facts, into);
      }
    }
    unknown(facts.probes(), into);
    gossip(facts, into);
  }

  private static void blocked(PortProbe probe, Facts facts, Findings into) {
    String port = probe.port() + "/" + probe.protocol();
    into.critical(
        "%s -> %s".formatted(probe.from(), probe.to()),
        "%s does not get through: %s".formatted(port, probe.evidence()),
        purpose(probe, facts),
        probe.state() == State.REFUSED
            ? "sudo systemctl start docker  # on %s, if its Engine is off".formatted(probe.to())
            : "let %s from %s into %s: in the security group of the machines, and on %3$s:"
                .formatted(port, probe.from(), probe.to()),
        "sudo ufw allow proto %s from ADDRESS to any port %d"
            .formatted(probe.protocol(), probe.port()),
        "sudo firewall-cmd --permanent --add-port=%s && sudo firewall-cmd --reload"
            .formatted(port));
  }

  private static String purpose(PortProbe probe, Facts facts) {
    if (probe.port() == facts.dataPort() && probe.protocol().equals("udp")) {
      return "Containers of the two nodes cannot talk over overlay networks, in this direction.";
    }
    return probe.port() == 2377
        ? "The node cannot join, or loses its manager: tasks on it are not managed."
        : "The nodes do not learn each other's containers: overlay networks and names fail.";
  }

  /// One line for all pairs with the same port and reason.
  private static void unknown(List<PortProbe> probes, Findings into) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (PortProbe probe : probes) {
      if (probe.state() == State.UNKNOWN) {
        String reason = "%d/%s: %s".formatted(probe.port(), probe.protocol(), probe.evidence());
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    reasons.forEach((reason, pairs) -> into.unseen(Words.count(pairs, "pair"), reason));
  }

  /// Nothing may be sent to 7946/udp: the Engine would log it as an error. It logs a warning itself
  /// when another node responds by TCP only.
  private static void gossip(Facts facts, Findings into) {
    for (Member member : facts.members()) {
      member
          .report()
          .ifPresent(report -> {
            if (report.gossipWarnings().isEmpty()) {
              into.unseen(
                  "from " + member.name(),
                  "7946/udp: needs the Engine's log (journalctl -u docker)");
            } else if (report.gossipWarnings().getAsInt() > 0) {
              into.critical(
                  member.name(),
                  "7946/udp does not get through to or from it: its Engine said so %s in the last minute"
                      .formatted(Words.count(report.gossipWarnings().getAsInt(), "time")),
                  "The nodes learn of each other's containers late: overlay networks and names lag or"
                      + " fail.",
                  "let 7946/udp through between all nodes: in the security group of the machines, and on each:",
                  "sudo ufw allow 7946/udp",
                  "sudo firewall-cmd --permanent --add-port=7946/udp && sudo firewall-cmd --reload");
            }
          });
    }
  }
}
