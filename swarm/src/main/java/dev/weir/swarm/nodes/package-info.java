/// The machines of a swarm: making one, joining and leaving it, and what state it is in.
@NullMarked
package dev.weir.swarm.nodes;

import org.jspecify.annotations.NullMarked;
