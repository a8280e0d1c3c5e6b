/// A swarm as one watches it during an experiment: where a service is reached, and what happens.
@NullMarked
package dev.weir.swarm.watch;

import org.jspecify.annotations.NullMarked;
