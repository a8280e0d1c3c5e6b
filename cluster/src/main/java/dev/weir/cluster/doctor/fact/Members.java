package dev.weir.cluster.doctor.fact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Joins what managers say of nodes with what the machines show.
final class Members {
  private static final int ID_LETTERS = 7;

  private Members() {}

  /// All nodes, then the machines that are no node.
  static List<Member> of(Optional<EngineFacts> engine, List<HostFacts> hosts) {
    var members = new ArrayList<Member>();
    Set<HostFacts> left = new HashSet<>(hosts);
    List<NodeFacts> nodes = engine.map(EngineFacts::nodes).orElse(List.of());
    for (NodeFacts node : nodes) {
      Optional<HostFacts> host = hosts.stream().filter(h -> is(h, node)).findFirst();
      host.ifPresent(left::remove);
      members.add(
          new Member(
              name(node, nodes),
              Optional.of(node),
              host,
              host.map(HostFacts::failure).orElse("no SSH to it (--ssh, or --cluster)")));
    }
    hosts.stream()
        .filter(left::contains)
        .map(host -> new Member(host.name(), Optional.empty(), Optional.of(host), host.failure()))
        .forEach(members::add);
    return List.copyOf(members);
  }

  private static boolean is(HostFacts host, NodeFacts node) {
    String address = node.node().address();
    return host.id()
        .map(id -> id.equals(node.node().id()))
        .orElseGet(() -> host.name().equals(address) || host.name().equals(node.node().hostname()));
  }

  /// A machine that left and joined again is listed twice under one name.
  private static String name(NodeFacts node, List<NodeFacts> nodes) {
    String name = node.node().hostname();
    long same = nodes.stream().filter(one -> one.node().hostname().equals(name)).count();
    String id = node.node().id();
    return same == 1
        ? name
        : "%s (%s)".formatted(name, id.substring(0, Math.min(ID_LETTERS, id.length())));
  }
}
