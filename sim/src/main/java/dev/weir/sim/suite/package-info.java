/// The policy suite: cases that the policy `weir` must stand, and the rules that judge it.
@NullMarked
package dev.weir.sim.suite;

import org.jspecify.annotations.NullMarked;
