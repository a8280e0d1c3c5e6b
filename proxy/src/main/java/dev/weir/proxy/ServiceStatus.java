package dev.weir.proxy;

import dev.weir.balance.BalancerStatus;
import java.util.List;

/// One service of a proxy at one instant.
///
/// @param name its name; empty for the only one
/// @param routes which requests it gets
/// @param balancer what its balancer knows
public record ServiceStatus(String name, List<RouteRule> routes, BalancerStatus balancer) {}
