/// Tests of the package of the same name.
@NullMarked
package dev.weir.lab.record;

import org.jspecify.annotations.NullMarked;
