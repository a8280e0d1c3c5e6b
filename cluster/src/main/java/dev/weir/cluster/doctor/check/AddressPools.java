package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.HostReport.Route;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.NetworkFacts;
import dev.weir.cluster.doctor.fact.Subnet;
import dev.weir.cluster.doctor.finding.Findings;
import dev.weir.cluster.doctor.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Networks that run out of addresses, and networks that hide the machines' own.
final class AddressPools extends EngineCheck {
  private static final double WARNED = .80;
  private static final double CRITICAL = .95;

  /// The network, its gateway, and the broadcast.
  private static final int RESERVED = 3;

  AddressPools() {
    super("addresses", "/networks", "/tasks");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    for (NetworkFacts network : engine.networks()) {
      if (network.isOverlay()) {
        used(network, engine, into);
        overlap(network, facts, into);
      }
    }
    pool(engine, into);
    for (Member member : facts.members()) {
      if (member.report().flatMap(HostReport::routes).isEmpty()) {
        into.unseen(
            member.name(),
            "the networks of the machine: "
                + (member.whyUnseen().isEmpty() ? "ip is missing there" : member.whyUnseen()));
      }
    }
  }

  /// Each task, each service with a virtual address, and each node with a task takes one.
  private static void used(NetworkFacts network, EngineFacts engine, Findings into) {
    long size = network.subnets().stream().mapToLong(Subnet::size).sum();
    List<String> nodes =
        engine.tasks().stream()
            .filter(task -> task.isWanted() && task.networks().contains(network.id()))
            .map(task -> task.nodeId())
            .toList();
    long services =
        engine.services().stream().filter(one -> one.vipNetworks().contains(network.id())).count();
    long balancers = network.ingress() ? engine.nodes().size() : Set.copyOf(nodes).size();
    long used = Math.min(size, RESERVED + nodes.size() + services + balancers);
    if (size > 0 && used >= WARNED * size) {
      into.add(
          used >= CRITICAL * size ? Severity.CRITICAL : Severity.WARNING,
          network.name(),
          "about %d of its %d addresses are in use".formatted(used, size),
          "Without a free address, tasks wait in the state 'new', without a reason.",
          "docker network create --driver overlay --subnet A-LARGER-RANGE NEW",
          "docker service update --network-add NEW --network-rm %s SERVICE"
              .formatted(network.name()));
    }
  }

  private static void overlap(NetworkFacts network, Facts facts, Findings into) {
    Map<String, List<String>> nodesOf = new LinkedHashMap<>();
    for (Member member : facts.members()) {
      for (Route route : routes(member)) {
        if (network.subnets().stream().anyMatch(route.subnet()::overlaps)) {
          nodesOf
              .computeIfAbsent(route.subnet().toString(), _ -> new ArrayList<>())
              .add(member.name());
        }
      }
    }
    nodesOf.forEach((range, nodes) ->
        into.critical(
            network.name(),
            "its range %s overlaps %s of %s"
                .formatted(
                    Words.names(network.subnets().stream().map(Subnet::toString).toList()),
                    range,
                    Words.names(nodes)),
            "Containers on it cannot reach those machines: their addresses seem to be its own.",
            "docker network create --driver overlay --subnet A-FREE-RANGE NEW, and move the services",
            "for a new swarm: docker swarm init --default-addr-pool 10.128.0.0/12"));
  }

  /// What the machine says; without it, its address alone.
  private static List<Route> routes(Member member) {
    Optional<List<Route>> own = member.report().flatMap(HostReport::routes);
    return own.orElseGet(() ->
        Subnet.parse(member.address()).map(one -> List.of(new Route(one, ""))).orElse(List.of()));
  }

  /// The ranges from which new networks come.
  private static void pool(EngineFacts engine, Findings into) {
    JsonNode cluster = engine.cluster();
    var pools = new ArrayList<Subnet>();
    cluster
        .path("DefaultAddrPool")
        .forEach(one -> Subnet.parse(one.asString("")).ifPresent(pools::add));
    if (pools.isEmpty()) {
      Subnet.parse("10.0.0.0/8").ifPresent(pools::add);
    }
    int bits = cluster.path("SubnetSize").asInt(0) == 0 ? 24 : cluster.path("SubnetSize").asInt(24);
    long room = pools.stream().mapToLong(one -> 1L << Math.clamp(bits - one.bits(), 0, 30)).sum();
    long taken =
        engine.networks().stream()
            .filter(NetworkFacts::isOverlay)
            .filter(
                one -> one.subnets().stream().anyMatch(s -> pools.stream().anyMatch(s::overlaps)))
            .count();
    if (taken >= WARNED * room) {
      into.warning(
          "swarm",
          "%d of %s are taken from the pool %s"
              .formatted(taken, Words.count(room, "network"), pools),
          "When the pool is empty, no network can be made without a range of its own.",
          "docker network prune",
          "docker network create --driver overlay --subnet A-FREE-RANGE NAME");
    }
  }
}
