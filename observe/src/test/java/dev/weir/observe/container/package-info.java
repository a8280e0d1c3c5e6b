/// Tests of the package of the same name.
@NullMarked
package dev.weir.observe.container;

import org.jspecify.annotations.NullMarked;
