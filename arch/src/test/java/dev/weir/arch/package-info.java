/// Tests over all modules: directions, purity, tidiness, end to end.
@NullMarked
package dev.weir.arch;

import org.jspecify.annotations.NullMarked;
