/// The control side of a service: which of its replicas may be used, and which balancer admits its
/// requests after its settings change.
///
/// [HealthChecker] probes replicas and publishes those that are usable to the balancers of its
/// [ManagedService]. Read [ManagedService] first.
@NullMarked
package dev.weir.proxy.service;

import org.jspecify.annotations.NullMarked;
