/// A service and its swarm during a measurement: where its requests enter, what changes in the
/// swarm, and a setting that is varied and restored. Start with [ServiceVariation].
@NullMarked
package dev.weir.swarm.watch;

import org.jspecify.annotations.NullMarked;
