package dev.weir.cluster.ec2;

/// Takes a node out of the swarm before its machine ends: drained, then left.
@FunctionalInterface
public interface Leaving {
  /// Drains a node and takes it out. If it is out already, this does nothing.
  ///
  /// @param node the node's name, such as `demo-worker-2`
  /// @throws Ec2Exception if it cannot leave; its machine then stays
  void leave(String node) throws Ec2Exception;
}
