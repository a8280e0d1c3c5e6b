package dev.weir.swarm.follow;

import java.util.List;

/// A followed service: its settings and its replicas.
///
/// @param id its id
/// @param name its name
/// @param labels its settings
/// @param size how many tasks it should have
/// @param replicas those that take requests, and those that drain
/// @param starting the names of tasks that should run and do not yet
/// @param unplaced the names of those of them that no node has taken yet
public record FollowedService(
    String id,
    String name,
    ServiceLabels labels,
    ServiceSize size,
    List<FollowedReplica> replicas,
    List<String> starting,
    List<String> unplaced) {
  /// How many take requests.
  public long liveCount() {
    return replicas.stream().filter(replica -> !replica.draining()).count();
  }
}
