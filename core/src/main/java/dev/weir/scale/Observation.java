package dev.weir.scale;

import dev.weir.base.Problems;

/// What is known of a service at the instant of a decision.
///
/// @param nowNanos the instant, of one monotonic clock
/// @param load what its balancers measure
/// @param desired replicas asked for, ready or not, as the swarm has it, >= 0
/// @param coldStartSeconds from asking for a replica to its first request, >= 0
/// @param mark what a balancer noted beside the count that it set last ([CountMark]); empty for
///   nothing
/// @param isFresh whether the swarm's state is up to date
public record Observation(
    long nowNanos,
    ServiceLoad load,
    int desired,
    double coldStartSeconds,
    String mark,
    boolean isFresh) {
  public Observation {
    var problems = new Problems();
    problems.check(desired >= 0, "desired", desired, ">= 0");
    problems.check(coldStartSeconds >= 0, "cold start", coldStartSeconds, ">= 0 s");
    problems.throwIfAny("observation");
  }

  /// Whether the rate and the law of the work are known at all.
  boolean isKnown() {
    return load.work() != null && !Double.isNaN(load.rate().perSecond());
  }

  /// Whether the arrivals of a whole window and the swarm's state are known, recently enough to go
  /// down.
  boolean isCurrent() {
    return isFresh && load.rate().isFull();
  }

  /// What the service has to do at another rate.
  Demand demand(double ratePerSecond, WorkLaw law) {
    return new Demand(ratePerSecond, Double.isNaN(load.gapScv()) ? 1 : load.gapScv(), law);
  }
}
