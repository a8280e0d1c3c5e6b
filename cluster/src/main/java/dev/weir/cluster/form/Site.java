package dev.weir.cluster.form;

import dev.weir.cluster.host.Host;
import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Machine;
import dev.weir.cluster.host.Membership;
import dev.weir.cluster.record.NodeRecord.Role;
import java.util.Optional;

/// A machine that is logged in to, and its place in the wanted cluster.
///
/// @param order what is wanted of it
/// @param machine what it is
/// @param address its IP address for the other machines
public record Site(ClusterOrder.Node order, Machine machine, String address) {
  /// How the user calls it.
  public String name() {
    return machine.name();
  }

  Host host() {
    return machine.host();
  }

  HostFacts facts() {
    return machine.facts();
  }

  boolean isManager() {
    return order.role() == Role.MANAGER;
  }

  Optional<Membership> membership() {
    return facts().membership();
  }
}
