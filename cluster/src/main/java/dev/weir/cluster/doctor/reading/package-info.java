/// Finds out the facts about a swarm: asks its Engine, logs in to its nodes, and tries the
/// connections between them. It changes nothing. Start with
/// [dev.weir.cluster.doctor.reading.Gathering].
@NullMarked
package dev.weir.cluster.doctor.reading;

import org.jspecify.annotations.NullMarked;
