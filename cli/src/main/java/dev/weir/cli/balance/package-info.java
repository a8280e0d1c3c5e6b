/// `weir balance`, the balancer as a process, and `weir socket-proxy`, which guards the Engine's
/// socket for it.
///
/// Read [BalanceCommand] first. [FollowOptions] and [SwarmServiceSync] keep its services in step
/// with a swarm; [ProxyLimits] are its bounds.
@NullMarked
package dev.weir.cli.balance;

import org.jspecify.annotations.NullMarked;
