/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.option;

import org.jspecify.annotations.NullMarked;
