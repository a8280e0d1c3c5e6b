/// Tests of the package of the same name.
@NullMarked
package dev.weir.lab.local;

import org.jspecify.annotations.NullMarked;
