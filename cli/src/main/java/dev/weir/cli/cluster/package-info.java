/// `weir cluster`: from machines to a swarm, and back.
///
/// Read [ClusterCommand] first.
@NullMarked
package dev.weir.cli.cluster;

import org.jspecify.annotations.NullMarked;
