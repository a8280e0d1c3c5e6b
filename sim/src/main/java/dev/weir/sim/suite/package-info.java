/// The policy suite: cases steady and changing, each played under several seeds, and the rules by
/// which the policy `weir` is judged in each. `weir simulate --suite` prints the verdicts. Start
/// with [Suite], then [Judge].
@NullMarked
package dev.weir.sim.suite;

import org.jspecify.annotations.NullMarked;
