/// What may be asked of an Engine by those that must not hold its socket. Each preset lists allowed
/// paths; a request that passes is written anew, so that no byte of the client's own reaches the
/// Engine. Start with [EngineGate].
@NullMarked
package dev.weir.swarm.gate;

import org.jspecify.annotations.NullMarked;
