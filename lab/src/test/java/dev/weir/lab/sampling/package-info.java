/// Tests of the package of the same name.
@NullMarked
package dev.weir.lab.sampling;

import org.jspecify.annotations.NullMarked;
