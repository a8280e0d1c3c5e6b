/// What several rounds of the same experiment say: paired ratios, their intervals, and whether a
/// difference is more than noise.
@NullMarked
package dev.weir.stats;

import org.jspecify.annotations.NullMarked;
