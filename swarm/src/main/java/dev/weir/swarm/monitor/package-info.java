/// Installs an agent and cAdvisor on every node of a swarm, finds them again, and removes them. All
/// objects carry a label. Start with [Monitor].
@NullMarked
package dev.weir.swarm.monitor;

import org.jspecify.annotations.NullMarked;
