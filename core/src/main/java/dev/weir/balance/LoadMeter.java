package dev.weir.balance;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateMeter;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.WorkLaw;
import org.jspecify.annotations.Nullable;

/// What a balancer measures for the autoscaler. It outlives the balancer: the one that replaces it
/// goes on with its meter, so that a changed setting does not make the autoscaler start again.
///
/// Not safe for use by several threads at once: the lock of the balancer that has it guards it.
public final class LoadMeter {
  private final SlotMeter slots = new SlotMeter();
  private @Nullable RateMeter rate;
  private @Nullable WorkLaw earlierWork;

  LoadMeter() {}

  /// Counting begins with the first event.
  private RateMeter rate(long nowNanos) {
    RateMeter meter = rate;
    if (meter == null) {
      meter = new RateMeter(nowNanos);
      rate = meter;
    }
    return meter;
  }

  void arrived(long nowNanos) {
    rate(nowNanos).note(nowNanos);
  }

  /// Time passes, and the time of all active replicas is accounted for.
  void tick(Membership members, long nowNanos) {
    RateMeter _ = rate(nowNanos);
    slots.tick(members, nowNanos);
  }

  /// Keeps what is known of the work for as long as the next balancer knows nothing.
  void handOver(@Nullable WorkLaw work) {
    earlierWork = work == null ? earlierWork : work;
  }

  /// The load, for a service that has been idle for so long.
  ///
  /// @param work the law of the work; null until known
  ServiceLoad load(
      @Nullable WorkLaw work,
      LimitSpec limit,
      Membership members,
      int queued,
      double waitSeconds,
      double idleSeconds,
      long nowNanos) {
    RateEstimate estimate = rate(nowNanos).estimate(nowNanos);
    return new ServiceLoad(
        estimate,
        estimate.dispersion(),
        work == null ? earlierWork : work,
        slots.slots(limit, members.active(), nowNanos),
        members.pool().size(),
        queued,
        waitSeconds,
        idleSeconds);
  }
}
