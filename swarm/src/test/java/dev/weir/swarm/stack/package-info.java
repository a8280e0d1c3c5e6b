/// Tests of stacks, the docker CLI being the reference.
@NullMarked
package dev.weir.swarm.stack;

import org.jspecify.annotations.NullMarked;
