/// The machines of a swarm: making a swarm, joining and leaving it, its tokens, and its nodes as
/// the managers see them. Start with [SwarmMembership].
@NullMarked
package dev.weir.swarm.nodes;

import org.jspecify.annotations.NullMarked;
