/// The Docker Engine's HTTP API: where it listens, what it understands, and reads and writes that
/// lose no field.
@NullMarked
package dev.weir.swarm.engine;

import org.jspecify.annotations.NullMarked;
