package dev.weir.cluster.ec2;

import dev.weir.cluster.record.NodeRecord.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What exists on EC2 of a cluster, found by its tags alone.
///
/// @param account the account of the credentials
/// @param groups security groups
/// @param keys key pairs
/// @param machines instances that are not terminated
/// @param volumes ids of volumes that belong to no instance any more
/// @param strange what looks like the cluster's but was not made by Weir, one sentence each
public record Survey(
    String account,
    List<Group> groups,
    List<KeyPair> keys,
    List<Machine> machines,
    List<String> volumes,
    List<String> strange) {

  public Survey {
    groups = List.copyOf(groups);
    keys = List.copyOf(keys);
    machines =
        machines.stream()
            .sorted(Comparator.comparing(Machine::role).thenComparingInt(Machine::index))
            .toList();
    volumes = List.copyOf(volumes);
    strange = List.copyOf(strange);
  }

  /// A security group.
  ///
  /// @param generation counts scale-downs, so that a machine of an index used before is a new one
  public record Group(String id, String name, String vpc, int generation, List<Rule> rules) {
    public Group {
      rules = List.copyOf(rules);
    }
  }

  /// A key pair; of the private key EC2 knows nothing.
  ///
  /// @param publicKey type and key, without a comment
  public record KeyPair(String id, String name, String publicKey) {}

  /// An instance.
  ///
  /// @param state as EC2 names it: pending, running, shutting-down, stopping or stopped
  /// @param publicAddress empty before it has one
  public record Machine(
      String id,
      Role role,
      int index,
      String state,
      String type,
      String image,
      String subnet,
      int diskGigabytes,
      Optional<String> publicAddress,
      Optional<String> privateAddress) {

    /// The node's name within a cluster: `demo-worker-2`.
    public String node(String cluster) {
      return nodeName(cluster, role, index);
    }

    boolean isGoing() {
      return state.equals("shutting-down");
    }

    boolean isStopped() {
      return state.equals("stopping") || state.equals("stopped");
    }
  }

  /// Whether nothing is left.
  public boolean isEmpty() {
    return groups.isEmpty() && keys.isEmpty() && machines.isEmpty() && volumes.isEmpty();
  }

  Optional<Group> group() {
    return groups.stream().findFirst();
  }

  Optional<KeyPair> key() {
    return keys.stream().findFirst();
  }

  /// The machines of a role that are to stay, by index.
  public List<Machine> of(Role role) {
    return machines.stream()
        .filter(machine -> machine.role() == role && !machine.isGoing())
        .toList();
  }

  static String nodeName(String cluster, Role role, int index) {
    return "%s-%s-%d".formatted(cluster, word(role), index);
  }

  static String word(Role role) {
    return role == Role.MANAGER ? "manager" : "worker";
  }
}
