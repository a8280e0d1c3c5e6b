/// How many requests a replica should work on at once: learned from how its throughput follows the
/// requests in flight, or set by hand.
@NullMarked
package dev.weir.balance.limit;

import org.jspecify.annotations.NullMarked;
