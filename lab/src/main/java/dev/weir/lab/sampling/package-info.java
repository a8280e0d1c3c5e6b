/// Which nodes are sampled, and by which source: agent, cAdvisor or the Docker Engine.
///
/// Read [SourceChoice] first: it picks the source of each node. [SwarmSources] repeats the choice
/// for nodes that join a swarm later. [SampledNodes] is the result, with the reason for each node
/// that has no source. [SwarmAgents] and [MonitorCredentials] find and open a swarm's agents.
@NullMarked
package dev.weir.lab.sampling;

import org.jspecify.annotations.NullMarked;
