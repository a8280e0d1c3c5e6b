/// Which requests may pass to an Engine from clients that must not hold its socket. Each preset
/// lists allowed paths; `scale` also lists what may change. An allowed request is written again, so
/// that no byte of the client's own reaches the Engine. Start with [EngineGate].
@NullMarked
package dev.weir.swarm.gate;

import org.jspecify.annotations.NullMarked;
