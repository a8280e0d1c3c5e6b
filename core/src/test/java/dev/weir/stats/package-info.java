/// Tests of what rounds say together.
@NullMarked
package dev.weir.stats;

import org.jspecify.annotations.NullMarked;
