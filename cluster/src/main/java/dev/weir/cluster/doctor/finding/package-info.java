/// What an examination of a swarm found, and what it could not see. Start with
/// [dev.weir.cluster.doctor.finding.Finding].
@NullMarked
package dev.weir.cluster.doctor.finding;

import org.jspecify.annotations.NullMarked;
