/// `weir size`: the least number of replicas that keeps a promise of latency, and why. The demand
/// comes from figures, from a run or from a running balancer, each a [SizingSubject]; [Sizing]
/// predicts and replays; text, JSON and a chart show it. Start with [SizeCommand].
@NullMarked
package dev.weir.cli.size;

import org.jspecify.annotations.NullMarked;
