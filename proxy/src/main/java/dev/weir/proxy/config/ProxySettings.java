package dev.weir.proxy.config;

import dev.weir.balance.BalancerSettings;
import dev.weir.base.HostNames;
import dev.weir.base.Problems;
import dev.weir.scale.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of one proxy in front of one service.
///
/// @param listen the address for clients
/// @param admin the address of metrics, status and health; null for none
/// @param adminHosts the names that the admin port accepts in Host
/// @param replicas the replicas at the start; they may change later
/// @param balancer how requests are queued and spread
/// @param timeouts how long to wait
/// @param options the rest
public record ProxySettings(
    ListenAddress listen,
    @Nullable ListenAddress admin,
    HostNames adminHosts,
    List<ReplicaEndpoint> replicas,
    BalancerSettings balancer,
    ProxyTimeouts timeouts,
    Options options) {
  private static final int LOOPS_MAX = 256;
  private static final long MEMORY_LEAST = 1 << 20;

  public ProxySettings {
    replicas = List.copyOf(replicas);
    var problems = new Problems();
    ServiceSpec.check(replicas, problems);
    problems.check(
        options.loops >= 1 && options.loops <= LOOPS_MAX, "threads", options.loops, "1 to 256");
    problems.check(
        options.memoryBytes == 0 || options.memoryBytes >= MEMORY_LEAST,
        "memory",
        options.memoryBytes,
        ">= 1m");
    problems.check(options.connectionsMax >= 1, "connections-max", options.connectionsMax, ">= 1");
    problems.check(
        options.healthPath == null || options.healthPath.matches("/[!-~]{0,1023}"),
        "health-path",
        String.valueOf(options.healthPath),
        "a path, as in /health");
    problems.throwIfAny("proxy");
  }

  /// A proxy with every default and no admin port.
  public static ProxySettings of(
      ListenAddress listen, List<ReplicaEndpoint> replicas, BalancerSettings balancer) {
    return new ProxySettings(
        listen,
        null,
        HostNames.PRIVATE,
        replicas,
        balancer,
        ProxyTimeouts.DEFAULTS,
        Options.DEFAULTS);
  }

  /// The same with other timeouts.
  public ProxySettings with(ProxyTimeouts timeouts) {
    return new ProxySettings(listen, admin, adminHosts, replicas, balancer, timeouts, options);
  }

  /// The same with other options.
  public ProxySettings with(Options options) {
    return new ProxySettings(listen, admin, adminHosts, replicas, balancer, timeouts, options);
  }

  /// The same with an admin port.
  public ProxySettings withAdmin(@Nullable ListenAddress admin) {
    return new ProxySettings(listen, admin, adminHosts, replicas, balancer, timeouts, options);
  }

  /// The same with further names that the admin port accepts.
  public ProxySettings withAdminHosts(HostNames names) {
    return new ProxySettings(listen, admin, names, replicas, balancer, timeouts, options);
  }

  /// Settings that are neither addresses nor times.
  ///
  /// @param loops how many event loops serve clients
  /// @param connectionsMax how many client connections may be open at once
  /// @param servedBy whether responses name their replica in `X-Served-By`
  /// @param healthPath the path to request from every replica each second; null for none
  /// @param memoryBytes the memory budget of all clients; 0 to compute it from the heap
  /// @param http how heads are read
  /// @param promise the latency promised by services without a promise of their own; null for none
  public record Options(
      int loops,
      int connectionsMax,
      boolean servedBy,
      @Nullable String healthPath,
      HttpRules http,
      long memoryBytes,
      @Nullable Promise promise) {
    /// One event loop per core, 20,000 connections, no peer trusted, no health path.
    public static final Options DEFAULTS =
        new Options(Runtime.getRuntime().availableProcessors(), 20_000, false, false, null);

    /// Options that trust every peer or none, with as much memory as the heap allows.
    public Options(
        int loops,
        int connectionsMax,
        boolean trustForwarded,
        boolean servedBy,
        @Nullable String healthPath) {
      this(
          loops,
          connectionsMax,
          servedBy,
          healthPath,
          HttpRules.DEFAULTS.with(trustForwarded ? TrustedPeers.EVERYBODY : TrustedPeers.NOBODY),
          0,
          null);
    }

    /// The same with other rules.
    public Options with(HttpRules rules) {
      return new Options(loops, connectionsMax, servedBy, healthPath, rules, memoryBytes, promise);
    }

    /// The same with another memory budget.
    public Options withMemory(long bytes) {
      return new Options(loops, connectionsMax, servedBy, healthPath, http, bytes, promise);
    }

    /// The same with a promise of latency, or without one.
    public Options with(@Nullable Promise promised) {
      return new Options(loops, connectionsMax, servedBy, healthPath, http, memoryBytes, promised);
    }
  }
}
