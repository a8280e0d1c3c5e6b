/// Help for the tests of every module: seeds that are printed when they fail, and time that is
/// advanced rather than waited for.
@NullMarked
package dev.weir.testing;

import org.jspecify.annotations.NullMarked;
