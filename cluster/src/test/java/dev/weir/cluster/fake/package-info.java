/// Machines that follow a script, for failures that real ones do not produce on demand.
@NullMarked
package dev.weir.cluster.fake;

import org.jspecify.annotations.NullMarked;
