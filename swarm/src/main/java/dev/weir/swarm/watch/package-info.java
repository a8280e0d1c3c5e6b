/// A service and its swarm while something is measured: where its requests go in, what changes in
/// the swarm meanwhile, and a setting of the service that is varied and put back. Start with
/// [ServiceVariation].
@NullMarked
package dev.weir.swarm.watch;

import org.jspecify.annotations.NullMarked;
