package dev.weir.cluster.record;

import dev.weir.ssh.SshLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is written down of a cluster. It holds no secret.
///
/// @param name letters, digits, `.`, `_` and `-`; at most 40
/// @param provider whose machines they are
/// @param nodes its machines, managers and workers
/// @param key file of the private key for all machines; if empty, the user's own keys
/// @param settings further facts of the provider, such as the region
public record ClusterRecord(
    String name,
    Provider provider,
    List<NodeRecord> nodes,
    Optional<Path> key,
    Map<String, String> settings) {
  /// Whose machines they are.
  public enum Provider {
    /// The user's own, reached over SSH.
    SSH,
    /// Amazon's.
    EC2
  }

  public ClusterRecord {
    nodes = List.copyOf(nodes);
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /// Its managers, in order.
  public List<NodeRecord> managers() {
    return nodes.stream().filter(node -> node.role() == NodeRecord.Role.MANAGER).toList();
  }

  /// The machine of this name.
  public Optional<NodeRecord> node(String nodeName) {
    return nodes.stream().filter(node -> node.name().equals(nodeName)).findFirst();
  }

  /// The same cluster with other machines.
  public ClusterRecord withNodes(List<NodeRecord> others) {
    return new ClusterRecord(name, provider, others, key, settings);
  }

  /// The same cluster with `node` added, or in the place of the one with its name.
  public ClusterRecord with(NodeRecord node) {
    var changed = new java.util.ArrayList<>(nodes);
    changed.replaceAll(old -> old.name().equals(node.name()) ? node : old);
    if (!changed.contains(node)) {
      changed.add(node);
    }
    return withNodes(changed);
  }

  /// The same cluster without a machine.
  public ClusterRecord without(String nodeName) {
    return withNodes(nodes.stream().filter(node -> !node.name().equals(nodeName)).toList());
  }

  /// The same cluster with one more setting, or another value of it.
  public ClusterRecord withSetting(String setting, String value) {
    var changed = new TreeMap<>(settings);
    changed.put(setting, value);
    return new ClusterRecord(name, provider, nodes, key, changed);
  }

  /// How to log in to one of its machines.
  ///
  /// @param knownHosts the cluster's own file, [ClusterStore#knownHosts]
  public SshLogin login(NodeRecord node, Path knownHosts) {
    return new SshLogin(node.address(), key, Optional.of(knownHosts));
  }
}
