package dev.weir.proxy;

import dev.weir.base.Ticker;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A service that the proxy fronts: its balancer, its prober, and the balancers it had before its
/// settings changed, which finish what they have.
final class ManagedService {
  private final HealthChecker healthChecker;
  private final Ticker ticker;
  /*
   * A balancer that was replaced looks idle between two requests, while event loops that have not
   * heard of the change may still give it the next one. Until all have heard, it is kept.
   */
  private final ArrayDeque<LockedBalancer> replaced = new ArrayDeque<>();
  private final List<LockedBalancer> former = new ArrayList<>();
  private boolean leaving;
  private volatile ServiceSpec spec;
  private volatile LockedBalancer service;

  ManagedService(
      ServiceSpec spec,
      ProxySettings settings,
      EventLoop loop,
      UpstreamConnector reach,
      RateLimitedLog log) {
    this.spec = spec;
    this.ticker = System::nanoTime;
    healthChecker = new HealthChecker(this, settings, loop, reach, log);
    service = service(spec);
  }

  private LockedBalancer service(ServiceSpec of) {
    return new LockedBalancer(
        of.balancer(), ticker, new SplittableRandom(), healthChecker::unreachable);
  }

  ServiceSpec spec() {
    return spec;
  }

  LockedBalancer service() {
    return service;
  }

  /// What event loops need to know of it now.
  Plan plan() {
    return new Plan(spec, service);
  }

  /// Takes over other settings. A balancer has its settings for life, so a new one begins.
  synchronized void become(ServiceSpec now) {
    if (!now.balancer().equals(spec.balancer())) {
      replaced.addLast(service);
      LockedBalancer next = service(now);
      next.recall(service.prior());
      service = next;
    }
    spec = now;
  }

  /// It is among the services no more, which event loops are yet to hear.
  synchronized void leave() {
    leaving = true;
  }

  /// Every event loop now asks this balancer or one that came later, so those before it get no
  /// more.
  synchronized void settled(LockedBalancer asked) {
    leaving &= !service.equals(asked);
    if (replaced.contains(asked) || service.equals(asked)) {
      while (!replaced.isEmpty() && !replaced.getFirst().equals(asked)) {
        former.add(replaced.removeFirst());
      }
    }
  }

  /// Has the prober tell the balancers of the replicas.
  void reportReplicas() {
    healthChecker.replicas(spec.replicas());
  }

  /// Returns when its replicas have been probed once, or at `deadlineNanos`.
  void awaitProbes(long deadlineNanos) {
    healthChecker.awaitFirst(deadlineNanos);
  }

  /// These may be used.
  synchronized void usable(List<ReplicaEndpoint> replicas) {
    var specs = replicas.stream().map(ReplicaEndpoint::replica).toList();
    replaced.forEach(one -> one.replicas(specs));
    former.forEach(one -> one.replicas(specs));
    service.replicas(specs);
  }

  void start() {
    healthChecker.start();
  }

  void stop() {
    healthChecker.stop();
  }

  synchronized void tick() {
    service.tick();
    replaced.forEach(LockedBalancer::tick);
    former.forEach(LockedBalancer::tick);
    former.removeIf(LockedBalancer::isIdle);
  }

  /// Whether nothing waits, nothing is under way, and nothing can come any more of what was
  /// replaced.
  synchronized boolean isIdle() {
    return !leaving && replaced.isEmpty() && former.isEmpty() && service.isIdle();
  }

  ServiceStatus status() {
    return new ServiceStatus(spec.name(), spec.routes(), service.status());
  }

  /// A service's settings and the balancer that new requests ask.
  record Plan(ServiceSpec spec, LockedBalancer service) {}
}
