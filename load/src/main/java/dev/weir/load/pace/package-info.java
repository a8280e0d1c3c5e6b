/// Sends on time: parks until shortly before an instant, then spins. The margin between parking and
/// spinning is learned from this machine's timer. Where the system allows it, the thread gets
/// real-time scheduling. Start with [Pacer].
@NullMarked
package dev.weir.load.pace;

import org.jspecify.annotations.NullMarked;
