package dev.weir.proxy.admission;

import dev.weir.proxy.config.ServiceSpec;

/// A service's settings, the balancer that admits its new requests, and how it starts from no
/// replica: what workers need to know.
public record ServicePlan(ServiceSpec spec, LockedBalancer balancer, ColdStart coldStart) {}
