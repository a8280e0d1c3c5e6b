/// What `weir monitor` puts on a swarm: an agent and a cAdvisor on every node, and who responds
/// where.
@NullMarked
package dev.weir.swarm.monitor;

import org.jspecify.annotations.NullMarked;
