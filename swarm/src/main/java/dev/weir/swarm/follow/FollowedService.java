package dev.weir.swarm.follow;

import java.util.List;

/// A service that is followed: its settings and its replicas.
///
/// @param name its name
/// @param labels its settings
/// @param replicas those that take requests, and those about to leave
public record FollowedService(String name, ServiceLabels labels, List<FollowedReplica> replicas) {
  /// How many take requests.
  public long liveCount() {
    return replicas.stream().filter(replica -> !replica.draining()).count();
  }
}
