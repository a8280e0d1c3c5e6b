/// Samples of what processes and containers use, at a fixed cadence. A [Sampler] reads its sources
/// in rounds, all at once, so that a slow one holds up no other; a [SampleSource] may be a process,
/// a container's control group, an agent or cAdvisor. Start with [Sampler].
@NullMarked
package dev.weir.observe;

import org.jspecify.annotations.NullMarked;
