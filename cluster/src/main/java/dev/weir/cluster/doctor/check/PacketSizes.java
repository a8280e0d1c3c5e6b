package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.NetworkFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Overlay networks whose packets, with 50 bytes around each, do not fit through the machines'
/// cards.
final class PacketSizes extends HostCheck {
  /// What an overlay network assumes of the cards if nothing is set.
  private static final int ASSUMED = 1500;

  PacketSizes() {
    super("mtu");
  }

  @Override
  public void examine(Facts facts, Findings into) {
    super.examine(facts, into);
    Map<Integer, List<String>> nodesOf = new TreeMap<>();
    for (Member member : facts.members()) {
      mtu(member)
          .ifPresent(
              mtu -> nodesOf.computeIfAbsent(mtu, _ -> new ArrayList<>()).add(member.name()));
    }
    if (nodesOf.size() > 1) {
      into.note(
          "swarm",
          "cards of different sizes: "
              + String.join(
                  "; ",
                  nodesOf.entrySet().stream()
                      .map(entry -> entry.getKey() + " bytes on " + Words.names(entry.getValue()))
                      .toList()),
          "An overlay network has one size for all nodes; the smallest card decides.");
    }
  }

  private static OptionalInt mtu(Member member) {
    return member
        .report()
        .map(report -> report.mtuOf(member.address()))
        .orElse(OptionalInt.empty());
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    OptionalInt card = report.mtuOf(member.address());
    if (card.isEmpty()) {
      into.unseen(member.name(), "no card of it has the address '%s'".formatted(member.address()));
      return;
    }
    List<String> tooLarge =
        facts.engine().map(EngineFacts::networks).orElse(List.of()).stream()
            .filter(NetworkFacts::isOverlay)
            .filter(network -> network.mtu().orElse(ASSUMED) > card.getAsInt())
            .map(NetworkFacts::name)
            .sorted()
            .toList();
    if (!tooLarge.isEmpty()) {
      into.warning(
          member.name(),
          "its card passes %d bytes; made for larger ones: %s"
              .formatted(card.getAsInt(), Words.names(tooLarge)),
          "Large packets between containers get lost: connections open and then hang.",
          "docker network create --driver overlay --opt com.docker.network.driver.mtu=%d NAME"
              .formatted(card.getAsInt()),
          "for ingress: docker network rm ingress, then the same with --ingress");
    }
  }
}
