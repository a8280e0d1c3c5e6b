/// Samples the usage of processes and containers at a fixed cadence. A [Sampler] reads its sources
/// in rounds, all at once, so that a slow one delays no other. A [SampleSource] may be a process, a
/// container's control group, an agent or cAdvisor. Start with [Sampler].
@NullMarked
package dev.weir.observe;

import org.jspecify.annotations.NullMarked;
