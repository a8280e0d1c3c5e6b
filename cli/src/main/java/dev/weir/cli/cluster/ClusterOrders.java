package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.form.Formation;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshLogin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns options, and what is written down, into the cluster that is wanted.
final class ClusterOrders {
  private final ClusterRecord known;
  private final Path knownHosts;
  private final HostOptions options;

  /// @param knownHosts the cluster's own file
  ClusterOrders(ClusterRecord known, Path knownHosts, HostOptions options) {
    this.known = known;
    this.knownHosts = knownHosts;
    this.options = options;
  }

  /// The cluster as it is written down, with more machines.
  ClusterOrder with(List<SshAddress> more, Role role) {
    var nodes = new ArrayList<ClusterOrder.Node>();
    known.nodes().forEach(node -> nodes.add(known(node, more.isEmpty())));
    more.forEach(address -> nodes.add(node(address, role)));
    return order(nodes);
  }

  /// A new cluster, whose first machines are its managers.
  ClusterOrder of(List<SshAddress> addresses, int managers) {
    var nodes = new ArrayList<ClusterOrder.Node>();
    for (SshAddress address : addresses) {
      nodes.add(node(address, nodes.size() < managers ? Role.MANAGER : Role.WORKER));
    }
    return order(nodes);
  }

  /// The cluster as it is written down; the machines of the options must be the same.
  ///
  /// @throws UserError if they are others
  ClusterOrder again(List<SshAddress> addresses, Optional<Integer> managers) {
    Set<String> there = hosts(known.nodes().stream().map(NodeRecord::address).toList());
    Set<String> typed = hosts(addresses);
    if (!typed.isEmpty() && !typed.equals(there)) {
      throw new UserError(
          "--ssh: %s: the cluster %s has %s (to change it: weir cluster add, weir cluster remove)"
              .formatted(String.join(",", typed), known.name(), String.join(",", there)));
    }
    int are = known.managers().size();
    if (managers.isPresent() && managers.get() != are) {
      throw new UserError(
          "--managers: %d: the cluster %s has %d (to change that: weir cluster add --manager, weir cluster remove)"
              .formatted(managers.get(), known.name(), are));
    }
    return with(List.of(), Role.WORKER);
  }

  private ClusterOrder order(List<ClusterOrder.Node> nodes) {
    return new ClusterOrder(
        known.name(), nodes, Optional.ofNullable(known.settings().get(Formation.SWARM)));
  }

  private ClusterOrder.Node known(NodeRecord node, boolean isAll) {
    String host = node.address().host();
    return new ClusterOrder.Node(
        known.login(node, knownHosts),
        node.role(),
        options.advertise(host).or(() -> Optional.of(node.advertise())),
        options.labels(host, isAll));
  }

  private ClusterOrder.Node node(SshAddress address, Role role) {
    return new ClusterOrder.Node(
        new SshLogin(address, known.key(), Optional.of(knownHosts)),
        role,
        options.advertise(address.host()),
        options.labels(address.host(), true));
  }

  private static Set<String> hosts(List<SshAddress> addresses) {
    return addresses.stream()
        .map(address ->
            address.host() + (address.port().isPresent() ? ":" + address.port().getAsInt() : ""))
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }
}
