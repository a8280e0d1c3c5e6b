/// One machine over SSH: what it is, commands on it, its place in a swarm, and what reaches it from
/// others. Nothing here changes a machine. Start with [dev.weir.cluster.host.Host].
@NullMarked
package dev.weir.cluster.host;

import org.jspecify.annotations.NullMarked;
