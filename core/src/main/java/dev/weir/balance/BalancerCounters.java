package dev.weir.balance;

import dev.weir.arrivals.ArrivalFigures;
import dev.weir.arrivals.ArrivalMeter;
import dev.weir.arrivals.SlidingMoments;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.scale.Demand;
import dev.weir.scale.WorkMoments;
import java.util.List;
import java.util.Optional;

/// What a balancer counts and measures for its status.
final class BalancerCounters {
  private static final long SERVICE_WINDOW_NANOS = 60_000_000_000L;

  private static final int FOLLOW_EVERY = 64;

  int inFlight;
  long retries;
  long cancelled;
  private final WorkMoments work;
  private final ArrivalMeter meter = new ArrivalMeter();
  private final SlidingMoments service = new SlidingMoments(SERVICE_WINDOW_NANOS);
  private LoadMeter load = new LoadMeter();
  private long arrivals;
  private long refusedFull;
  private long refusedDeadline;
  private long refusedNoReplica;
  private long refusedStartFailed;
  private int untilFollow = FOLLOW_EVERY;

  BalancerCounters(WorkMoments work) {
    this.work = work;
  }

  void arrived(long nowNanos) {
    arrivals++;
    meter.note(nowNanos);
    load.arrived(nowNanos);
  }

  LoadMeter load() {
    return load;
  }

  /// Goes on with the meter of an earlier balancer, or with a new one.
  void load(LoadMeter other) {
    load = other;
  }

  void responded(long serviceNanos, long nowNanos) {
    service.note(serviceNanos / 1e9, nowNanos);
    if (--untilFollow == 0) {
      untilFollow = FOLLOW_EVERY;
      meter.tau((long) (ArrivalFigures.BIN_WORKS * work.meanNanos()));
    }
  }

  /// What the service has to do, by the arrivals of the last minute and the recent work; empty
  /// until enough of both is known.
  Optional<Demand> demand(long nowNanos) {
    double ratePerSecond = meter.ratePerSecond(nowNanos, ArrivalMeter.Window.LONG);
    double burstiness = meter.burstiness(nowNanos);
    double gapScv = Double.isNaN(burstiness) ? 1 : burstiness;
    return Double.isNaN(ratePerSecond)
        ? Optional.empty()
        : work.law(nowNanos).map(law -> new Demand(ratePerSecond, gapScv, law));
  }

  double serviceMeanNanos(long nowNanos) {
    return service.mean(nowNanos) * 1e9;
  }

  /// Counts a refusal, and returns it.
  Refusal refused(Refusal reason) {
    switch (reason) {
      case QUEUE_FULL -> refusedFull++;
      case DEADLINE -> refusedDeadline++;
      case NO_REPLICA -> refusedNoReplica++;
      case START_FAILED -> refusedStartFailed++;
    }
    return reason;
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
        refusedStartFailed,
        cancelled,
        retries,
        meter.ratePerSecond(nowNanos, ArrivalMeter.Window.SHORT),
        meter.scv(nowNanos, ArrivalMeter.Window.LONG),
        meter.idc(nowNanos),
        service.mean(nowNanos),
        service.scv(nowNanos),
        work.steadyMeanNanos(nowNanos) / 1e9,
        work.scv(),
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
