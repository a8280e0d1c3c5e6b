/// Tests of how Docker Engine comes to machines.
@NullMarked
package dev.weir.cluster.install;

import org.jspecify.annotations.NullMarked;
