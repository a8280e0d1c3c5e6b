/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.load;

import org.jspecify.annotations.NullMarked;
