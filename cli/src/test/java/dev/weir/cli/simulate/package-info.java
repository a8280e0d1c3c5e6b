/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.simulate;

import org.jspecify.annotations.NullMarked;
