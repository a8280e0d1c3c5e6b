/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.runs;

import org.jspecify.annotations.NullMarked;
