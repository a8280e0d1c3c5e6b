/// Puts an agent and cAdvisor on every node of a swarm, finds them again, and takes them off. All
/// that it makes carries a label. Start with [Monitor].
@NullMarked
package dev.weir.swarm.monitor;

import org.jspecify.annotations.NullMarked;
