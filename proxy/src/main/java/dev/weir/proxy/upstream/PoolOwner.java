package dev.weir.proxy.upstream;

import dev.weir.proxy.config.ReplicaEndpoint;

/// What an [UpstreamPool] needs from its service.
public interface PoolOwner {
  /// Whether responses may break rules that harm no other client.
  boolean isLenient();

  /// A replica did not accept a connection.
  void unreachable(ReplicaEndpoint replica);

  /// The process ran out of descriptors or ports: closes the worker's idle connections to replicas.
  void closeIdleOfAll();
}
