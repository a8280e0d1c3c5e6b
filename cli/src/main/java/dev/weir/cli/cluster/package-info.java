/// `weir cluster`: machines to a swarm and back, and what is wrong with it. Start with
/// [ClusterCommand].
@NullMarked
package dev.weir.cli.cluster;

import org.jspecify.annotations.NullMarked;
