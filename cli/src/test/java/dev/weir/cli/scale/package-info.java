/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.scale;

import org.jspecify.annotations.NullMarked;
