package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.ArrayList;
import java.util.List;

/// Kernels without IPVS, where virtual addresses and the routing mesh carry no traffic.
final class RoutingMesh extends HostCheck {
  private static final String[] FIX = {
    "sudo modprobe ip_vs   # a kernel that has it as a package: linux-modules-extra",
    "without it: --endpoint-mode dnsrr, --publish mode=host, or weir balance --swarm"
  };

  RoutingMesh() {
    super("ipvs");
  }

  @Override
  public void examine(Facts facts, Findings into) {
    super.examine(facts, into);
    List<String> without = new ArrayList<>();
    for (Member member : facts.members()) {
      if (member.report().flatMap(HostReport::ipvs).filter("none"::equals).isPresent()) {
        without.add(member.name());
      }
    }
    if (!without.isEmpty()) {
      report(without, users(facts), into);
    }
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    look(member, report.ipvs(), "the kernel's modules", into, _ -> {});
  }

  private static List<String> users(Facts facts) {
    return facts.engine().map(EngineFacts::services).orElse(List.of()).stream()
        .filter(service ->
            !service.vipNetworks().isEmpty()
                || service.ports().stream().anyMatch(port -> port.mode().equals("ingress")))
        .map(ServiceFacts::name)
        .sorted()
        .toList();
  }

  private static void report(List<String> without, List<String> users, Findings into) {
    String seen = "the kernel has no IPVS";
    if (users.isEmpty()) {
      into.note(
          Words.names(without),
          seen,
          "Virtual addresses of services and the routing mesh would carry no traffic. No service"
              + " uses them now.",
          FIX);
    } else {
      into.warning(
          Words.names(without),
          seen + "; in need of it: " + Words.names(users),
          "Their virtual addresses and published ports carry no traffic on these nodes.",
          FIX);
    }
  }
}
