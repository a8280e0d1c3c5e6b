/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.lab;

import org.jspecify.annotations.NullMarked;
