package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;

/// Rules of the machine that keep containers from their traffic.
final class Firewalls extends HostCheck {
  Firewalls() {
    super("firewall");
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    look(
        member,
        report.forwardRules(),
        "the chain FORWARD",
        into,
        rules -> {
          boolean drops = rules.contains("-P FORWARD DROP");
          boolean dockers = rules.stream().anyMatch(rule -> rule.contains("DOCKER"));
          boolean off = report.isSet("iptables", false).orElse(false);
          if (drops && !dockers) {
            forgotten(member.name(), off, into);
          } else if (off) {
            into.note(
                member.name(),
                "the Engine makes no firewall rules (\"iptables\": false)",
                "Published ports and traffic of containers depend on rules that you make yourself.");
          }
        });
    for (String firewall : report.firewalls().orElse(List.of())) {
      active(member.name(), firewall, into);
    }
  }

  private static void forgotten(String name, boolean off, Findings into) {
    into.critical(
        name,
        "the firewall forwards nothing, and has no rules of Docker",
        off
            ? "The Engine is set to make none (\"iptables\": false): no container reaches anything."
            : "Something removed them after the Engine's start: no container reaches anything.",
        off
            ? "remove \"iptables\": false from /etc/docker/daemon.json, then restart the Engine"
            : "sudo systemctl restart docker  # on %s; it makes them again".formatted(name));
  }

  private static void active(String name, String firewall, Findings into) {
    boolean ufw = firewall.equals("ufw");
    into.note(
        name,
        firewall + " is active",
        ufw
            ? "Published ports of containers go past ufw; the swarm's own ports need rules."
            : "A reload of firewalld can remove Docker's rules; the swarm's own ports need rules.",
        ufw
            ? "sudo ufw allow proto tcp from NETWORK to any port 2377,7946"
            : "sudo firewall-cmd --permanent --add-port=2377/tcp --add-port=7946/tcp"
                + " --add-port=7946/udp --add-port=4789/udp && sudo firewall-cmd --reload",
        ufw
            ? "sudo ufw allow proto udp from NETWORK to any port 7946,4789"
            : "sudo systemctl restart docker");
  }
}
