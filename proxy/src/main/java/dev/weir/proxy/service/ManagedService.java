package dev.weir.proxy.service;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.ColdRule;
import dev.weir.base.Ticker;
import dev.weir.proxy.admission.ColdStart;
import dev.weir.proxy.admission.LockedBalancer;
import dev.weir.proxy.admission.ServicePlan;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.scale.ServiceLoad;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A service of the proxy: its balancer, its health checker, and replaced balancers from before a
/// change of settings, which finish their requests.
public final class ManagedService {
  private final HealthChecker healthChecker;
  private final Ticker ticker;
  private final ColdStart coldStart;
  /*
   * A replaced balancer looks idle between two requests, but event loops that do not know of the
   * change yet may still use it. It is kept until all know.
   */
  private final ArrayDeque<LockedBalancer> replaced = new ArrayDeque<>();
  private final List<LockedBalancer> former = new ArrayList<>();
  private boolean leaving;
  private volatile ServiceSpec spec;
  private volatile LockedBalancer balancer;

  /// @param wake is called with the service's name, on a thread of its own, when a request asks for
  ///   a replica
  public ManagedService(
      ServiceSpec spec,
      ProxySettings settings,
      EventLoop loop,
      UpstreamConnector connector,
      RateLimitedLog log,
      Ticker ticker,
      Consumer<String> wake) {
    this.spec = spec;
    this.ticker = ticker;
    coldStart = new ColdStart(spec.name(), ticker, wake);
    healthChecker = new HealthChecker(this, settings, loop, connector, log, ticker);
    balancer = balancer(spec);
    balancer.cold(rule(spec));
  }

  private ColdRule rule(ServiceSpec of) {
    return coldStart.rule(of.zero(), of.balancer().queueDeadlineNanos());
  }

  private LockedBalancer balancer(ServiceSpec of) {
    return new LockedBalancer(
        of.balancer(), ticker, new SplittableRandom(), healthChecker::unreachable);
  }

  public ServiceSpec spec() {
    return spec;
  }

  LockedBalancer balancer() {
    return balancer;
  }

  /// The settings and balancer that event loops need now.
  public ServicePlan plan() {
    return new ServicePlan(spec, balancer, coldStart);
  }

  /// Takes over other settings. A balancer's settings never change, so a new one starts.
  public synchronized void become(ServiceSpec now) {
    if (!now.balancer().equals(spec.balancer())) {
      replaced.addLast(balancer);
      LockedBalancer next = balancer(now);
      next.recall(balancer.prior());
      next.goOn(balancer.handOver());
      balancer = next;
    }
    spec = now;
    ruleAll();
  }

  /// Says how long requests wait for a replica, and why none starts.
  ///
  /// @param holdSeconds >= 0; the queue deadline bounds it
  /// @param reason empty if nothing is wrong
  public synchronized void cold(double holdSeconds, String reason) {
    coldStart.become(holdSeconds, reason);
    ruleAll();
  }

  private void ruleAll() {
    ColdRule rule = rule(spec);
    replaced.forEach(one -> one.cold(rule));
    former.forEach(one -> one.cold(rule));
    balancer.cold(rule);
  }

  /// The service was removed; event loops do not know that yet.
  public synchronized void leave() {
    leaving = true;
  }

  /// Every event loop now uses this balancer or a later one, so earlier ones get no more requests.
  public synchronized void settled(LockedBalancer asked) {
    leaving &= !balancer.equals(asked);
    if (replaced.contains(asked) || balancer.equals(asked)) {
      while (!replaced.isEmpty() && !replaced.getFirst().equals(asked)) {
        former.add(replaced.removeFirst());
      }
    }
  }

  /// Has the health checker report the replicas to the balancers.
  public void reportReplicas() {
    healthChecker.replicas(spec.replicas());
  }

  /// Waits until its replicas have been probed once, or until `deadlineNanos`.
  public void awaitProbes(long deadlineNanos) {
    healthChecker.awaitFirst(deadlineNanos);
  }

  /// Sets the usable replicas.
  synchronized void usable(List<ReplicaEndpoint> replicas) {
    var specs = replicas.stream().map(ReplicaEndpoint::replica).toList();
    replaced.forEach(one -> one.replicas(specs));
    former.forEach(one -> one.replicas(specs));
    balancer.replicas(specs);
    if (!balancer.isCold()) {
      coldStart.started();
    }
  }

  public void start() {
    healthChecker.start();
  }

  public void stop() {
    healthChecker.stop();
  }

  public synchronized void tick() {
    balancer.tick();
    replaced.forEach(LockedBalancer::tick);
    former.forEach(LockedBalancer::tick);
    former.removeIf(LockedBalancer::isIdle);
  }

  /// Whether it has ended: no request waits, none is under way, and no event loop can send another.
  public synchronized boolean isIdle() {
    return !leaving && replaced.isEmpty() && former.isEmpty() && balancer.isIdle();
  }

  /// What the autoscaler needs to know. Requests that wait at replaced balancers count, too.
  ///
  /// @param idleSeconds since when no client has used the service
  public synchronized ServiceLoad load(double idleSeconds) {
    ServiceLoad load = balancer.load(idleSeconds);
    for (LockedBalancer earlier : replaced) {
      load = load.withQueueOf(earlier.load(idleSeconds));
    }
    for (LockedBalancer earlier : former) {
      load = load.withQueueOf(earlier.load(idleSeconds));
    }
    boolean isAsked = spec.zero() != null && balancer.isCold() && coldStart.isAsked();
    return load.withQueuedAtLeast(isAsked ? 1 : 0);
  }

  /// Its state.
  ///
  /// @param idleSeconds since when no client has used the service
  public ServiceStatus status(double idleSeconds) {
    ServiceSpec now = spec;
    BalancerStatus status = balancer.status();
    return new ServiceStatus(
        now.name(),
        now.routes(),
        status,
        balancer.demand(),
        now.promise(),
        idleSeconds,
        now.zero() == null ? null : zero(now, status.queued()));
  }

  private ZeroStatus zero(ServiceSpec of, int queued) {
    boolean isCold = balancer.isCold();
    String reason = coldStart.reason();
    return new ZeroStatus(
        isCold ? reason.isEmpty() ? "cold" : "failed" : "awake",
        coldStart.holdSeconds(of.balancer().queueDeadlineNanos()),
        reason,
        isCold ? queued : 0);
  }
}
