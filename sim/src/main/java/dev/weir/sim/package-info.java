/// Runs a balancer on virtual time. A [Scenario] describes the requests, the servers and the
/// events; a [Simulation] plays it under one [Variant], with the very classes of core that serve
/// traffic. The same seed gives every variant the same requests. Start with [Simulation].
@NullMarked
package dev.weir.sim;

import org.jspecify.annotations.NullMarked;
