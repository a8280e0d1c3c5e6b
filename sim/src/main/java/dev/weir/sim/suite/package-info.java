/// The policy suite: steady and changing cases, each played under several seeds, and the rules that
/// judge the policy `weir`. `weir simulate --suite` prints the verdicts. Start with [Suite], then
/// [Judge].
@NullMarked
package dev.weir.sim.suite;

import org.jspecify.annotations.NullMarked;
