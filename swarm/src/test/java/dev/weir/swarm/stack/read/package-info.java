/// Tests of Compose files and the values in them, fuzzing included.
@NullMarked
package dev.weir.swarm.stack.read;

import org.jspecify.annotations.NullMarked;
