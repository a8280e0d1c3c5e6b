package dev.weir.swarm.follow;

/// A task that takes requests, or did a moment ago.
///
/// @param id its service, slot and task, such as `web.3.k2m4xw0a91bc`
/// @param host its address
/// @param port where it listens there
/// @param cores a first guess of how many requests it works on at full speed
/// @param draining whether it is about to leave: it gets no new request and finishes its others
public record FollowedReplica(String id, String host, int port, double cores, boolean draining) {
  FollowedReplica leaving() {
    return new FollowedReplica(id, host, port, cores, true);
  }
}
