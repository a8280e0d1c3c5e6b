/// The agent of a node and its client. [AgentServer] samples the node's containers, keeps the last
/// minutes and serves them over mutual TLS. [AgentSource] reads an agent, including samples from
/// while it was unreachable. Start with [AgentServer].
@NullMarked
package dev.weir.observe.agent;

import org.jspecify.annotations.NullMarked;
