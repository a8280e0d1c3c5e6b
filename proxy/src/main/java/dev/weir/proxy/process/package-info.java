/// The process's resources and failures: memory and descriptors bound how many clients it serves; a
/// hanging event loop ends it.
///
/// [Capacity] is computed once at the start; each event loop has a [MemoryBudget]; a [Watchdog]
/// looks after all loops. Read [Capacity] first.
@NullMarked
package dev.weir.proxy.process;

import org.jspecify.annotations.NullMarked;
