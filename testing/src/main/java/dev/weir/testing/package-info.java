/// Helpers of tests, never shipped: seeds that are printed when a random test fails, time that a
/// test moves, and the marker of tests whose subject is real time. Start with [FakeTicker].
@NullMarked
package dev.weir.testing;

import org.jspecify.annotations.NullMarked;
