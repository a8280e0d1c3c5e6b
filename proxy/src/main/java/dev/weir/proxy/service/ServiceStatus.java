package dev.weir.proxy.service;

import dev.weir.balance.BalancerStatus;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.Demand;
import dev.weir.scale.Promise;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One service of a proxy at one instant.
///
/// @param name its name; empty for the only one
/// @param routes which requests it gets
/// @param balancer what its balancer knows
/// @param demand what it has to do, as measured; empty until known
/// @param promise the latency promised; null for none
/// @param idleSeconds since when no client has used it; 0 while one does
/// @param zero how it stands if it may have no replica; null if it may not
public record ServiceStatus(
    String name,
    List<RouteRule> routes,
    BalancerStatus balancer,
    Optional<Demand> demand,
    @Nullable Promise promise,
    double idleSeconds,
    @Nullable ZeroStatus zero) {}
