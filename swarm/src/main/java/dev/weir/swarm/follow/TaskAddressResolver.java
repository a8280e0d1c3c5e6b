package dev.weir.swarm.follow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where to reach a task: at its own address on a shared network, or else at a port of its machine.
final class TaskAddressResolver {
  private final List<String> networks;

  /// @param networks the ids of the networks shared with the services, the best first
  TaskAddressResolver(List<String> networks) {
    this.networks = List.copyOf(networks);
  }

  /// Where a task listens.
  ///
  /// @param odd takes a line for each surprising fact that the user should know
  Optional<Place> of(
      TaskView task, ServiceView service, int port, @Nullable NodeView node, Set<String> odd) {
    for (String network : networks) {
      String address = task.addresses().get(network);
      if (address != null) {
        return Optional.of(new Place(address, port));
      }
    }
    Integer published = task.hostPorts().get(port);
    if (published == null || node == null || node.address().isEmpty()) {
      odd.add(
          "service %s: no way to its tasks: %s"
              .formatted(
                  service.name(),
                  networks.isEmpty()
                      ? ("Weir is on no overlay network, and port %d is not published in host mode"
                              + " (name a network with --network, or publish"
                              + " mode=host,target=%<d)")
                          .formatted(port)
                      : "it is on none of Weir's networks (docker service update --network-add)"));
      return Optional.empty();
    }
    odd.add(
        ("service %s: is reached through published ports of its machines; a shared overlay network"
                + " spares a hop, and keeps its port from all who reach the machines")
            .formatted(service.name()));
    if (service.startFirst()) {
      odd.add(
          ("service %s: is updated start-first but publishes a host port, which two tasks of one"
                  + " machine cannot share: updates may stand still (use stop-first, or an overlay"
                  + " network)")
              .formatted(service.name()));
    }
    return Optional.of(new Place(node.address(), published));
  }

  /// An address and a port.
  record Place(String host, int port) {}
}
