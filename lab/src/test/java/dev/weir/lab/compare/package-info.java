/// Tests of the package of the same name.
@NullMarked
package dev.weir.lab.compare;

import org.jspecify.annotations.NullMarked;
