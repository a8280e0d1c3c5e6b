package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;

/// Settings of the swarm that one should know of.
final class SwarmSettings extends EngineCheck {
  SwarmSettings() {
    super("settings");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    if (engine
        .cluster()
        .path("Spec")
        .path("EncryptionConfig")
        .path("AutoLockManagers")
        .asBoolean(false)) {
      into.note(
          "swarm",
          "autolock is on",
          "A manager that restarts stays locked until someone gives it the key.",
          "keep the key: docker swarm unlock-key");
    }
    if (facts.dataPort() != 4789) {
      into.note(
          "swarm",
          "overlay networks use port %d instead of 4789".formatted(facts.dataPort()),
          "Firewalls and security groups need to let this port through between all nodes.");
    }
    List<String> six =
        engine.nodes().stream()
            .filter(node -> node.node().address().contains(":"))
            .map((NodeFacts node) -> node.node().hostname())
            .toList();
    if (!six.isEmpty()) {
      into.note(
          Words.names(six),
          six.size() == 1 ? "has an IPv6 address in the swarm" : "have IPv6 addresses in the swarm",
          "Nodes talk IPv6 to each other; overlay networks inside are IPv4 unless set.");
    }
    List<String> nowhere =
        engine.nodes().stream()
            .filter(node -> List.of("", "0.0.0.0", "127.0.0.1").contains(node.node().address()))
            .map(node -> node.node().hostname())
            .toList();
    if (!nowhere.isEmpty()) {
      into.warning(
          Words.names(nowhere),
          "no address that other nodes could use",
          "The node joined without --advertise-addr; others reach its containers only by luck.",
          "on it: docker swarm leave, then docker swarm join --advertise-addr ADDRESS");
    }
  }
}
