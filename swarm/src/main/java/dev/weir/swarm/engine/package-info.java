/// The Docker Engine's HTTP API: where it listens, what it understands, and reads and writes that
/// lose no field. Every response is bounded in size, depth and time, since any program may listen
/// at the address. Start with [Engine].
///
/// More than 25 files in one room: addresses, credentials, connections and JSON are small classes
/// that only the client of the Engine uses.
@NullMarked
package dev.weir.swarm.engine;

import org.jspecify.annotations.NullMarked;
