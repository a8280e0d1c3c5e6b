/// The agent of a node and its client. [AgentServer] samples the node's containers, keeps the last
/// minutes and serves them over mutual TLS; [AgentSource] reads an agent and loses nothing of what
/// it kept while it was out of reach. Start with [AgentServer].
@NullMarked
package dev.weir.observe.agent;

import org.jspecify.annotations.NullMarked;
