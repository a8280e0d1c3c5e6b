/// The measurements of a run of load: every request in memory, latency distributions, and the
/// certificate. The certificate compares the sent gaps with the scheduled ones, and says VALID,
/// DEGRADED or VOID. Start with [RequestJournal] (one entry per request) and [Certifier] (the
/// comparison).
@NullMarked
package dev.weir.load.record;

import org.jspecify.annotations.NullMarked;
