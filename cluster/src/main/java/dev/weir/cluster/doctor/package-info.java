/// What is wrong with a swarm, how bad it is, and how to mend it.
@NullMarked
package dev.weir.cluster.doctor;

import org.jspecify.annotations.NullMarked;
