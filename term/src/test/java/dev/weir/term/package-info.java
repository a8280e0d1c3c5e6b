/// Tests of the package of the same name.
@NullMarked
package dev.weir.term;

import org.jspecify.annotations.NullMarked;
