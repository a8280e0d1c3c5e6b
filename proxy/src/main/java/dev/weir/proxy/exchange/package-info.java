/// One request and its response, from the complete head to the last byte: it waits for a lease,
/// finds a connection to the leased replica, streams both ways, and ends the lease exactly once.
///
/// [Exchange] is the state machine, [ReplicaSearch] its way to a replica, and [LeaseHolder] what it
/// holds of the balancer. [WorkerService] is one worker's part of a service. Read [Exchange] first.
@NullMarked
package dev.weir.proxy.exchange;

import org.jspecify.annotations.NullMarked;
