/// Follows the services of a swarm and their tasks for the balancer. [TaskFollower] asks a manager
/// on a thread of its own; [ServiceResolver] decides, without I/O or clock, which replicas take
/// requests and where; if managers fail, the last known replicas stay in use. Start with
/// [TaskFollower].
@NullMarked
package dev.weir.swarm.follow;

import org.jspecify.annotations.NullMarked;
