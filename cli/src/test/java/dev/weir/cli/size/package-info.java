/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.size;

import org.jspecify.annotations.NullMarked;
