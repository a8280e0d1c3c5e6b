package dev.weir.cluster.form;

import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cluster that is wanted.
///
/// @param name its name
/// @param nodes its machines, managers first
/// @param swarmId the swarm that it is known to be; empty if it is not formed yet
public record ClusterOrder(String name, List<Node> nodes, Optional<String> swarmId) {
  private static final int MANAGERS_MAX = 5;

  /// One wanted machine.
  ///
  /// @param login how to log in
  /// @param role what it is to be for the swarm
  /// @param advertise its IP address for the other machines, or the network card that has it; empty
  ///   if the machine has only one
  /// @param labels of the node in the swarm
  public record Node(
      SshLogin login, Role role, Optional<String> advertise, Map<String, String> labels) {}

  public ClusterOrder {
    nodes = List.copyOf(nodes);
  }

  /// Why so many managers cannot be; empty if they can.
  public static Optional<String> managerProblem(int managers, int hosts) {
    if (managers < 1 || managers > MANAGERS_MAX) {
      return Optional.of("%d (expected: 1, 3 or 5)".formatted(managers));
    }
    if (managers % 2 == 0) {
      return Optional.of(
          "%d (expected: 1, 3 or 5; %d managers decide only while %d are up, so they survive no more failures than %d would)"
              .formatted(managers, managers, managers / 2 + 1, managers - 1));
    }
    return managers > hosts
        ? Optional.of("%d, of only %d machines".formatted(managers, hosts))
        : Optional.empty();
  }
}
