/// Tests of what machines say about themselves.
@NullMarked
package dev.weir.cluster.host;

import org.jspecify.annotations.NullMarked;
