/// What a run of load measured: every request in memory, latency distributions, and the
/// certificate. The certificate compares the gaps that were sent with the gaps that were scheduled,
/// and says VALID, DEGRADED or VOID. Start with [RequestJournal] (one entry per request) and
/// [Certifier] (the comparison).
@NullMarked
package dev.weir.load.record;

import org.jspecify.annotations.NullMarked;
