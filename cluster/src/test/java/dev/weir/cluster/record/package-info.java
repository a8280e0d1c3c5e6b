/// Tests of what is written down of clusters.
@NullMarked
package dev.weir.cluster.record;

import org.jspecify.annotations.NullMarked;
