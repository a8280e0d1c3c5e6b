/// Tests of the package of the same name.
@NullMarked
package dev.weir.observe.wire;

import org.jspecify.annotations.NullMarked;
