package dev.weir.proxy.admission;

import dev.weir.proxy.config.ServiceSpec;

/// A service's settings and the balancer that admits its new requests: what workers need to know.
public record ServicePlan(ServiceSpec spec, LockedBalancer balancer) {}
