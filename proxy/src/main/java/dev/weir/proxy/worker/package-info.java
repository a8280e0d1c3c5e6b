/// An event loop and its own state, which connections of both sides share: clock, settings, memory
/// budget, counters, spare parsers, and the channels to flush at the end of a turn.
///
/// Read [Worker] first.
@NullMarked
package dev.weir.proxy.worker;

import org.jspecify.annotations.NullMarked;
