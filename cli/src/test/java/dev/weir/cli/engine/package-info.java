/// Tests of the options that choose an Engine.
@NullMarked
package dev.weir.cli.engine;

import org.jspecify.annotations.NullMarked;
