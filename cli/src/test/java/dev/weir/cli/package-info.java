/// Tests of the commands as a user runs them.
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
