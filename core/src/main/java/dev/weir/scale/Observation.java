package dev.weir.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.base.Problems;
import org.jspecify.annotations.Nullable;

/// What is known of a service at the instant of a decision.
///
/// @param nowNanos the instant, of one monotonic clock
/// @param ready replicas that take requests, >= 0
/// @param desired replicas asked for, ready or not, as the swarm has it, >= 0
/// @param queued requests that wait for a slot, >= 0
/// @param waitSeconds how long the one of them has waited that waits longest; 0 if none waits
/// @param idleSeconds since when nothing has used the service, neither a request nor an open
///   tunnel; 0 while something does
/// @param rate the rate of arrivals
/// @param gapScv burstiness of the arrivals, as in [Demand]; NaN until known
/// @param work the law of the work of a request; null until known
/// @param slots requests that a replica works on at once at full speed, >= 1
/// @param coldStartSeconds from asking for a replica to its first request, >= 0
/// @param mark what a balancer noted beside the count that it set last ([CountMark]); empty for
///   nothing
/// @param isFresh whether the swarm's state is up to date
public record Observation(
    long nowNanos,
    int ready,
    int desired,
    int queued,
    double waitSeconds,
    double idleSeconds,
    RateEstimate rate,
    double gapScv,
    @Nullable WorkLaw work,
    int slots,
    double coldStartSeconds,
    String mark,
    boolean isFresh) {
  public Observation {
    var problems = new Problems();
    problems.check(ready >= 0, "ready", ready, ">= 0");
    problems.check(desired >= 0, "desired", desired, ">= 0");
    problems.check(queued >= 0, "queued", queued, ">= 0");
    problems.check(slots >= 1, "slots", slots, ">= 1");
    problems.check(coldStartSeconds >= 0, "cold start", coldStartSeconds, ">= 0 s");
    problems.throwIfAny("observation");
  }

  /// Whether the rate and the law of the work are known at all.
  boolean isKnown() {
    return work != null && !Double.isNaN(rate.perSecond());
  }

  /// Whether enough is known, recently enough, to go down.
  boolean maySink() {
    return isFresh && isKnown() && rate.isFull();
  }

  /// What the service has to do at another rate.
  Demand demand(double ratePerSecond, WorkLaw law) {
    return new Demand(ratePerSecond, Double.isNaN(gapScv) ? 1 : gapScv, law);
  }
}
