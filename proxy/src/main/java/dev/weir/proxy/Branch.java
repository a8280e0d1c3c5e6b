package dev.weir.proxy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One event loop's part of one service: its connections to the replicas, and what it counted.
final class Branch {
  private final Lane lane;
  private final Map<String, ReplicaPool> pools = new ConcurrentHashMap<>();
  private final Buckets latency = new Buckets();
  private final Buckets queueWait = new Buckets();
  private final Tally<Release> releases = new Tally<>(Release.class);
  private Service service;
  private boolean lenient;
  private ResponseTimeouts timeouts;

  Branch(Lane lane, Service service) {
    this.lane = lane;
    this.timeouts = lane.settings().timeouts().responses();
    this.service = service;
  }

  Lane lane() {
    return lane;
  }

  /// The balancer that new requests ask.
  Service service() {
    return service;
  }

  void service(Service now) {
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
  Map<String, ReplicaPool> pools() {
    return pools;
  }

  @Nullable ReplicaPool pool(String replicaId) {
    return pools.get(replicaId);
  }

  /// Times from a request's head to the last byte of its answer; of streams, to their head.
  Buckets latency() {
    return latency;
  }

  /// Times from a request's head to its lease.
  Buckets queueWait() {
    return queueWait;
  }

  /// Leases that ended before their response did.
  Tally<Release> releases() {
    return releases;
  }

  /// Makes room for replicas before the balancer hears of them.
  void add(List<Backend> backends) {
    for (Backend backend : backends) {
      ReplicaPool present = pools.get(backend.id());
      if (present != null && !present.backend().isAt(backend)) {
        present.retire();
        pools.remove(backend.id());
      }
      pools.computeIfAbsent(backend.id(), _ -> new ReplicaPool(lane, this, backend));
    }
  }

  /// Forgets the replicas that are not among these, and closes idle connections to those that
  /// drain. Connections in use close as they become free.
  void retain(List<Backend> backends) {
    for (ReplicaPool pool : List.copyOf(pools.values())) {
      Backend now = backends.stream().filter(pool.backend()::isAt).findFirst().orElse(null);
      if (now == null) {
        pool.retire();
        pools.remove(pool.backend().id());
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
    pools.values().forEach(ReplicaPool::closeIdle);
  }

  void retire() {
    pools.values().forEach(ReplicaPool::retire);
  }
}
