/// A client of the Docker Engine's HTTP API: its address, its errors, and reads and writes that
/// lose no field. Every response is bounded in size, depth and time, since any program may listen
/// at the address. Start with [Engine].
///
/// More than 25 files in one package: addresses, credentials, connections and JSON are small
/// classes that only this client uses.
@NullMarked
package dev.weir.swarm.engine;

import org.jspecify.annotations.NullMarked;
