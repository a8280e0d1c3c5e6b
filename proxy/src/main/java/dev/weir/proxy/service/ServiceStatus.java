package dev.weir.proxy.service;

import dev.weir.balance.BalancerStatus;
import dev.weir.proxy.route.RouteRule;
import java.util.List;

/// One service of a proxy at one instant.
///
/// @param name its name; empty for the only one
/// @param routes which requests it gets
/// @param balancer what its balancer knows
public record ServiceStatus(String name, List<RouteRule> routes, BalancerStatus balancer) {}
