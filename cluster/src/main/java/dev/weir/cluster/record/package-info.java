/// What is written down of a cluster: its machines, how to reach them, and their host keys; one
/// folder per cluster. Start with `ClusterRecord`.
@NullMarked
package dev.weir.cluster.record;

import org.jspecify.annotations.NullMarked;
