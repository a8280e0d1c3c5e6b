/// Docker Engine on a machine that lacks it, by the package manager of its distribution.
@NullMarked
package dev.weir.cluster.install;

import org.jspecify.annotations.NullMarked;
