/// Tests of autoscaling on a swarm.
@NullMarked
package dev.weir.swarm.scale;

import org.jspecify.annotations.NullMarked;
