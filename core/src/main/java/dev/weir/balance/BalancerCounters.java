package dev.weir.balance;

import dev.weir.arrivals.ArrivalMeter;
import dev.weir.arrivals.SlidingMoments;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import java.util.List;

/// What a balancer counts and measures for its status.
final class BalancerCounters {
  private static final long SERVICE_WINDOW_NANOS = 60_000_000_000L;

  int inFlight;
  long retries;
  long cancelled;
  private final ArrivalMeter meter = new ArrivalMeter();
  private final SlidingMoments service = new SlidingMoments(SERVICE_WINDOW_NANOS);
  private long arrivals;
  private long refusedFull;
  private long refusedDeadline;
  private long refusedNoReplica;

  void arrived(long nowNanos) {
    arrivals++;
    meter.note(nowNanos);
  }

  void responded(long serviceNanos, long nowNanos) {
    service.note(serviceNanos / 1e9, nowNanos);
  }

  double serviceMeanNanos(long nowNanos) {
    return service.mean(nowNanos) * 1e9;
  }

  void refused(Refusal reason) {
    switch (reason) {
      case QUEUE_FULL -> refusedFull++;
      case DEADLINE -> refusedDeadline++;
      case NO_REPLICA -> refusedNoReplica++;
    }
  }

  /// @param why what to append to the reasons of the replicas' limits
  BalancerStatus status(
      PolicySpec policy, int queued, List<Replica> replicas, String why, long nowNanos) {
    return new BalancerStatus(
        policy.label(),
        queued,
        inFlight,
        arrivals,
        refusedFull,
        refusedDeadline,
        refusedNoReplica,
        cancelled,
        retries,
        meter.ratePerSecond(nowNanos, ArrivalMeter.Window.SHORT),
        meter.scv(nowNanos, ArrivalMeter.Window.LONG),
        service.mean(nowNanos),
        service.scv(nowNanos),
        replicas.stream().map(replica -> status(replica, policy, why, nowNanos)).toList());
  }

  private static int finite(int count) {
    return count >= LimitSpec.Fixed.MAX ? 0 : count;
  }

  private static ReplicaStatus status(
      Replica replica, PolicySpec policy, String why, long nowNanos) {
    return new ReplicaStatus(
        replica.id(),
        replica.state(),
        replica.inFlight(),
        policy.queues() ? finite(replica.limit().settled()) : 0,
        finite(replica.limit().knee()),
        policy.queues() ? replica.limit().why(nowNanos) + why : "policy " + policy.label(),
        (nowNanos - replica.limit().sinceNanos()) / 1e9,
        replica.succeededCount(),
        replica.failedCount(),
        replica.serviceMeanSeconds());
  }
}
