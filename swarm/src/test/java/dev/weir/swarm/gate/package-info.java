/// Tests of the package of the same name.
@NullMarked
package dev.weir.swarm.gate;

import org.jspecify.annotations.NullMarked;
