/// What event loops count and time. Each loop writes its own counters and histograms without locks;
/// the metrics page adds them up.
///
/// Read [WorkerCounters] first: [WorkerCounters.Count] lists what is counted.
@NullMarked
package dev.weir.proxy.metric;

import org.jspecify.annotations.NullMarked;
