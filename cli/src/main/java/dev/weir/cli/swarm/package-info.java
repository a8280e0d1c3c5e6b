/// `weir swarm`: makes a swarm, joins it, leaves it and shows its nodes.
///
/// Read [SwarmCommand] first.
@NullMarked
package dev.weir.cli.swarm;

import org.jspecify.annotations.NullMarked;
