/// How many requests a replica should work on at once: learned from how its throughput follows the
/// requests in flight, or set by hand. Completions are counted for each number in flight
/// ([LevelCounts]); the likelihood of each knee follows ([KneeEvidence]); a limit closes on clear
/// evidence alone and is watched from then on. Start with [LimitLearner].
@NullMarked
package dev.weir.balance.limit;

import org.jspecify.annotations.NullMarked;
