package dev.weir.cluster.record;

import dev.weir.ssh.SshAddress;
import java.util.Optional;

/// One machine of a cluster.
///
/// @param name its name in the swarm and in commands, such as `demo-1`
/// @param role manager or worker
/// @param address how to reach it from here
/// @param advertise the IP address at which the other machines reach it
/// @param nodeId its identity in the swarm; empty until it has joined
public record NodeRecord(
    String name, Role role, SshAddress address, String advertise, Optional<String> nodeId) {
  /// What a machine is for the swarm.
  public enum Role {
    /// It decides with the other managers, and runs tasks.
    MANAGER,
    /// It runs tasks.
    WORKER
  }

  /// The same machine, joined.
  public NodeRecord withNodeId(String id) {
    return new NodeRecord(name, role, address, advertise, Optional.of(id));
  }

  /// The same machine in another role.
  public NodeRecord withRole(Role other) {
    return new NodeRecord(name, other, address, advertise, nodeId);
  }
}
