/// Sets the number of a service's replicas: observes it with core's `Scaler`, agrees with other
/// balancers which of them acts, and writes what is decided. Start with [SwarmScaler].
@NullMarked
package dev.weir.swarm.scale;

import org.jspecify.annotations.NullMarked;
