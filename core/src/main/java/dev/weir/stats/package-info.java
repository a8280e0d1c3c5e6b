/// What several rounds of the same experiment say: paired ratios, their intervals, and whether a
/// difference is more than noise. All variants of a round share one schedule, so that noise of the
/// machine cancels in the ratio. Start with [Comparison].
@NullMarked
package dev.weir.stats;

import org.jspecify.annotations.NullMarked;
