package dev.weir.swarm.follow;

import java.util.List;

/// A followed service: its settings and its replicas.
///
/// @param name its name
/// @param labels its settings
/// @param replicas those that take requests, and those that drain
public record FollowedService(String name, ServiceLabels labels, List<FollowedReplica> replicas) {
  /// How many take requests.
  public long liveCount() {
    return replicas.stream().filter(replica -> !replica.draining()).count();
  }
}
