package dev.weir.proxy.config;

import dev.weir.balance.BalancerSettings;
import dev.weir.base.Problems;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.Promise;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service behind a proxy.
///
/// @param name its name in metrics, status and log lines; empty for the only one
/// @param routes which requests it gets
/// @param balancer how they are queued and spread
/// @param replicas its replicas
/// @param probesAll whether to connect to every replica each second, and to give a new one no
///   request before it accepts a connection; if not, only failed replicas are probed
/// @param lenient whether responses may break rules when no other client is harmed
/// @param timeouts how long responses may take; null for the proxy's defaults
/// @param promise the latency promised, which `/status` and `/metrics` compare with what comes;
///   null for none
/// @param zero how it starts from no replica at all; null if it is not to rest without replicas
public record ServiceSpec(
    String name,
    List<RouteRule> routes,
    BalancerSettings balancer,
    List<ReplicaEndpoint> replicas,
    boolean probesAll,
    boolean lenient,
    @Nullable ResponseTimeouts timeouts,
    @Nullable Promise promise,
    @Nullable ZeroSpec zero) {
  private static final int REPLICAS_MAX = 1024;
  private static final int ROUTES_MAX = 64;

  public ServiceSpec {
    routes = List.copyOf(routes);
    replicas = List.copyOf(replicas);
    var problems = new Problems();
    problems.check(name.matches("[A-Za-z0-9._-]{0,128}"), "service", name, "letters, digits, ._-");
    problems.check(routes.size() <= ROUTES_MAX, "routes", routes.size(), "<= 64 for a service");
    check(replicas, problems);
    problems.throwIfAny(name.isEmpty() ? "proxy" : name);
  }

  /// A service with strict responses and the proxy's time-outs.
  public ServiceSpec(
      String name,
      List<RouteRule> routes,
      BalancerSettings balancer,
      List<ReplicaEndpoint> replicas,
      boolean probesAll) {
    this(name, routes, balancer, replicas, probesAll, false, null, null, null);
  }

  /// The only service of a proxy.
  public static ServiceSpec only(BalancerSettings balancer, List<ReplicaEndpoint> replicas) {
    return new ServiceSpec("", List.of(RouteRule.EVERYTHING), balancer, replicas, false);
  }

  public ServiceSpec with(List<ReplicaEndpoint> others) {
    return new ServiceSpec(
        name, routes, balancer, others, probesAll, lenient, timeouts, promise, zero);
  }

  /// The same, lenient or not.
  public ServiceSpec withLenient(boolean lenient) {
    return new ServiceSpec(
        name, routes, balancer, replicas, probesAll, lenient, timeouts, promise, zero);
  }

  /// The same with time-outs of its own.
  public ServiceSpec with(ResponseTimeouts own) {
    return new ServiceSpec(
        name, routes, balancer, replicas, probesAll, lenient, own, promise, zero);
  }

  /// The same with a promise of latency, or without one.
  public ServiceSpec with(@Nullable Promise promised) {
    return new ServiceSpec(
        name, routes, balancer, replicas, probesAll, lenient, timeouts, promised, zero);
  }

  /// The same that rests without replicas, and is started by its first request; null if not.
  public ServiceSpec with(@Nullable ZeroSpec rests) {
    return new ServiceSpec(
        name, routes, balancer, replicas, probesAll, lenient, timeouts, promise, rests);
  }

  static void check(List<ReplicaEndpoint> replicas, Problems problems) {
    problems.check(replicas.size() <= REPLICAS_MAX, "--replica", replicas.size(), "<= 1024 times");
    var ids = new HashSet<String>();
    for (ReplicaEndpoint replica : replicas) {
      problems.check(
          ids.add(replica.id()),
          "--replica",
          replica.id(),
          "each replica once; name replicas at one address apart with ;name=");
    }
  }
}
