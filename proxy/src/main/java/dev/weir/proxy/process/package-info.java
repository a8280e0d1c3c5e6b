/// What the process as a whole has and survives: memory and descriptors, which bound how many
/// clients it serves, and event loops that hang, which end it.
///
/// [Capacity] is computed once at the start; each event loop has a [MemoryBudget]; a [Watchdog]
/// looks after all loops. Read [Capacity] first.
@NullMarked
package dev.weir.proxy.process;

import org.jspecify.annotations.NullMarked;
