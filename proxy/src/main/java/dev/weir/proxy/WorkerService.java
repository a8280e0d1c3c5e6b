package dev.weir.proxy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One event loop's part of one service: its connections to the replicas, and what it counted.
final class WorkerService {
  private final Worker worker;
  private final Map<String, UpstreamPool> pools = new ConcurrentHashMap<>();
  private final LatencyHistogram latency = new LatencyHistogram();
  private final LatencyHistogram queueWait = new LatencyHistogram();
  private final WorkerCounters<EarlyRelease> releases = new WorkerCounters<>(EarlyRelease.class);
  private LockedBalancer service;
  private boolean lenient;
  private ResponseTimeouts timeouts;

  WorkerService(Worker worker, LockedBalancer service) {
    this.worker = worker;
    this.timeouts = worker.settings().timeouts().responses();
    this.service = service;
  }

  Worker worker() {
    return worker;
  }

  /// The balancer that new requests ask.
  LockedBalancer service() {
    return service;
  }

  void service(LockedBalancer now) {
    service = now;
  }

  /// Whether responses may break rules that harm nobody else.
  boolean isLenient() {
    return lenient;
  }

  void lenient(boolean now) {
    lenient = now;
  }

  /// How long responses may take.
  ResponseTimeouts timeouts() {
    return timeouts;
  }

  void timeouts(ResponseTimeouts now) {
    timeouts = now;
  }

  /// The pools, by their replica's name; other threads may read their counters.
  Map<String, UpstreamPool> pools() {
    return pools;
  }

  @Nullable UpstreamPool pool(String replicaId) {
    return pools.get(replicaId);
  }

  /// Times from a request's head to the last byte of its answer; of streams, to their head.
  LatencyHistogram latency() {
    return latency;
  }

  /// Times from a request's head to its lease.
  LatencyHistogram queueWait() {
    return queueWait;
  }

  /// Leases that ended before their response did.
  WorkerCounters<EarlyRelease> releases() {
    return releases;
  }

  /// Makes room for replicas before the balancer hears of them.
  void add(List<ReplicaEndpoint> replicas) {
    for (ReplicaEndpoint replica : replicas) {
      UpstreamPool present = pools.get(replica.id());
      if (present != null && !present.replica().isAt(replica)) {
        present.retire();
        pools.remove(replica.id());
      }
      pools.computeIfAbsent(replica.id(), _ -> new UpstreamPool(worker, this, replica));
    }
  }

  /// Forgets the replicas that are not among these, and closes idle connections to those that
  /// drain. Connections in use close as they become free.
  void retain(List<ReplicaEndpoint> replicas) {
    for (UpstreamPool pool : List.copyOf(pools.values())) {
      ReplicaEndpoint now = replicas.stream().filter(pool.replica()::isAt).findFirst().orElse(null);
      if (now == null) {
        pool.retire();
        pools.remove(pool.replica().id());
      } else {
        pool.keeping(!now.draining());
      }
    }
  }

  void sweep(long nowNanos) {
    pools.values().forEach(pool -> pool.sweep(nowNanos));
  }

  /// Closes connections to replicas that no request uses.
  void closeIdle() {
    pools.values().forEach(UpstreamPool::closeIdle);
  }

  void retire() {
    pools.values().forEach(UpstreamPool::retire);
  }
}
