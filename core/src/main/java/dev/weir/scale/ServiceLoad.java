package dev.weir.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.base.Problems;
import org.jspecify.annotations.Nullable;

/// What one balancer measures of a service, for an [Observation]. The loads that several balancers
/// measure of one service add up.
///
/// @param rate the rate of arrivals
/// @param gapScv burstiness of the arrivals, as in [Demand]; NaN until known
/// @param work the law of the work of a request; null until known
/// @param slots requests that a replica works on at once at full speed, >= 1
/// @param ready replicas that take requests, >= 0
/// @param queued requests that wait for a slot, >= 0
/// @param waitSeconds how long the one of them has waited that waits longest; 0 if none waits
/// @param idleSeconds since when nothing has used the service, neither a request nor an open
///   tunnel; 0 while something does
public record ServiceLoad(
    RateEstimate rate,
    double gapScv,
    @Nullable WorkLaw work,
    int slots,
    int ready,
    int queued,
    double waitSeconds,
    double idleSeconds) {
  public ServiceLoad {
    var problems = new Problems();
    problems.check(slots >= 1, "slots", slots, ">= 1");
    problems.check(ready >= 0, "ready", ready, ">= 0");
    problems.check(queued >= 0, "queued", queued, ">= 0");
    problems.check(waitSeconds >= 0, "wait", waitSeconds, ">= 0 s");
    problems.check(idleSeconds >= 0, "idle", idleSeconds, ">= 0 s");
    problems.check(Double.isNaN(gapScv) || gapScv >= 0, "gapScv", gapScv, ">= 0, or unknown");
    problems.throwIfAny("load");
  }

  /// The load of this balancer and another one. They have the same replicas, and each its own
  /// requests. The law of the work is that of the balancer with more requests.
  public ServiceLoad plus(ServiceLoad other) {
    boolean isMain = work != null && (other.work == null || weight() >= other.weight());
    ServiceLoad main = isMain ? this : other;
    return new ServiceLoad(
        rate.plus(other.rate),
        gapScv(other),
        main.work,
        main.slots,
        Math.max(ready, other.ready),
        queued + other.queued,
        Math.max(waitSeconds, other.waitSeconds),
        Math.min(idleSeconds, other.idleSeconds));
  }

  /// The same with the requests that still wait at an earlier balancer, which this one has
  /// replaced.
  public ServiceLoad withQueueOf(ServiceLoad earlier) {
    return new ServiceLoad(
        rate,
        gapScv,
        work,
        slots,
        ready,
        queued + earlier.queued,
        Math.max(waitSeconds, earlier.waitSeconds),
        idleSeconds);
  }

  /// The same with at least so many requests that wait.
  public ServiceLoad withQueuedAtLeast(int least) {
    return new ServiceLoad(
        rate, gapScv, work, slots, ready, Math.max(least, queued), waitSeconds, idleSeconds);
  }

  private double weight() {
    return Double.isNaN(rate.perSecond()) ? 0 : rate.perSecond();
  }

  /// Variances of counts add up, so burstiness is the mean by rate.
  private double gapScv(ServiceLoad other) {
    if (Double.isNaN(gapScv) || Double.isNaN(other.gapScv)) {
      return Double.isNaN(gapScv) ? other.gapScv : gapScv;
    }
    double all = weight() + other.weight();
    return all == 0
        ? Math.max(gapScv, other.gapScv)
        : (weight() * gapScv + other.weight() * other.gapScv) / all;
  }
}
