/// What is known of a swarm: from its Engine, from its nodes over SSH, and from connections between
/// them. Start with [dev.weir.cluster.doctor.fact.Facts].
@NullMarked
package dev.weir.cluster.doctor.fact;

import org.jspecify.annotations.NullMarked;
