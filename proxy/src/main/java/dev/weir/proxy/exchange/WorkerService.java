package dev.weir.proxy.exchange;

import dev.weir.proxy.admission.EarlyRelease;
import dev.weir.proxy.admission.LockedBalancer;
import dev.weir.proxy.admission.ServicePlan;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ResponseTimeouts;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.config.ZeroSpec;
import dev.weir.proxy.metric.LatencyHistogram;
import dev.weir.proxy.metric.RecentLatency;
import dev.weir.proxy.metric.WorkerCounters;
import dev.weir.proxy.upstream.PoolOwner;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.proxy.upstream.UpstreamPool;
import dev.weir.proxy.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One worker's part of one service: its connections to the replicas, and its counters.
public final class WorkerService implements PoolOwner {
  private final Worker worker;
  private final Map<String, UpstreamPool> pools = new ConcurrentHashMap<>();
  private final LatencyHistogram latency = new LatencyHistogram();
  private final RecentLatency recentLatency = new RecentLatency();
  private final LatencyHistogram queueWait = new LatencyHistogram();
  private final WorkerCounters<EarlyRelease> releases = new WorkerCounters<>(EarlyRelease.class);
  private final ServiceUse use;
  private final UpstreamConnector connector;
  private final Runnable closeIdleOfAll;
  private LockedBalancer balancer;
  private final LatencyHistogram coldWait = new LatencyHistogram();
  private final WorkerCounters<ColdCount> coldCounts = new WorkerCounters<>(ColdCount.class);
  private @Nullable ColdGate coldGate;
  private boolean lenient;
  private ResponseTimeouts timeouts;

  /// @param closeIdleOfAll closes the idle connections of all services of the worker
  WorkerService(
      Worker worker,
      UpstreamConnector connector,
      Runnable closeIdleOfAll,
      LockedBalancer balancer) {
    this.worker = worker;
    this.connector = connector;
    this.closeIdleOfAll = closeIdleOfAll;
    this.balancer = balancer;
    this.timeouts = worker.settings().timeouts().responses();
    this.use = new ServiceUse(worker.nowNanos());
  }

  Worker worker() {
    return worker;
  }

  /// The balancer that admits new requests.
  LockedBalancer balancer() {
    return balancer;
  }

  /// Takes over the balancer and settings of `plan`, and forgets replicas that are not in it.
  void become(ServicePlan plan) {
    ServiceSpec spec = plan.spec();
    ResponseTimeouts own = spec.timeouts();
    balancer = plan.balancer();
    lenient = spec.lenient();
    ZeroSpec zero = spec.zero();
    coldGate = zero == null ? null : new ColdGate(spec.name(), zero, plan.coldStart(), coldCounts);
    timeouts = own == null ? worker.settings().timeouts().responses() : own;
    retain(spec.replicas());
  }

  @Override
  public boolean isLenient() {
    return lenient;
  }

  @Override
  public void unreachable(ReplicaEndpoint replica) {
    balancer.unreachable(replica);
  }

  @Override
  public void closeIdleOfAll() {
    closeIdleOfAll.run();
  }

  /// How long responses may take.
  ResponseTimeouts timeouts() {
    return timeouts;
  }

  /// The pools, by their replica's name; other threads may read their counters.
  public Map<String, UpstreamPool> pools() {
    return pools;
  }

  @Nullable
  public UpstreamPool pool(String replicaId) {
    return pools.get(replicaId);
  }

  /// Times from a request's head to the last byte of its response; of streams, to their head.
  public LatencyHistogram latency() {
    return latency;
  }

  /// The same times, of the last minute.
  public RecentLatency recentLatency() {
    return recentLatency;
  }

  /// Times from a request's head to its lease.
  public LatencyHistogram queueWait() {
    return queueWait;
  }

  /// Whether clients of this worker use the service.
  public ServiceUse use() {
    return use;
  }

  /// What meets requests while there is no replica; null if the service is not to rest without.
  @Nullable ColdGate coldGate() {
    return coldGate;
  }

  /// Times from a request's head to its lease, of those that waited for a replica to start.
  public LatencyHistogram coldWait() {
    return coldWait;
  }

  /// Requests that came while there was no replica, and did not wait for one.
  public WorkerCounters<ColdCount> coldCounts() {
    return coldCounts;
  }

  /// Leases that ended before their response did.
  public WorkerCounters<EarlyRelease> releases() {
    return releases;
  }

  /// Prepares for replicas before the balancer gets them.
  void add(List<ReplicaEndpoint> replicas) {
    for (ReplicaEndpoint replica : replicas) {
      UpstreamPool present = pools.get(replica.id());
      if (present != null && !present.replica().isAt(replica)) {
        present.retire();
        pools.remove(replica.id());
      }
      pools.computeIfAbsent(replica.id(), _ -> new UpstreamPool(worker, connector, this, replica));
    }
  }

  /// Forgets the replicas that are not among these, and closes idle connections to those that
  /// drain. Connections in use close as they become free.
  private void retain(List<ReplicaEndpoint> replicas) {
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
