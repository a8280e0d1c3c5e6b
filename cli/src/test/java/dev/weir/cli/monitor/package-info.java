/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.monitor;

import org.jspecify.annotations.NullMarked;
