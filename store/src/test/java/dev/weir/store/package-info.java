/// Tests of runs kept in folders.
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
