package dev.weir.balance;

import dev.weir.base.Problems;

/// The settings of one service's balancer.
///
/// @param policy how to choose a replica
/// @param queueCap how many requests may wait: >= 0
/// @param queueDeadlineNanos how long a request may wait: > 0
/// @param ejectNanos how long a failed replica is left out: >= 0
/// @param limit how many requests a replica may have in flight; ignored by policies other than
///   `weir`
/// @param limitMax the highest limit that may be learned: >= 1
/// @param slowStartNanos how long a new replica gets less than its share: >= 0
/// @param queue in which order requests wait
public record BalancerSettings(
    PolicySpec policy,
    int queueCap,
    long queueDeadlineNanos,
    long ejectNanos,
    LimitSpec limit,
    int limitMax,
    long slowStartNanos,
    QueueSpec queue) {
  /// More than any replica can have: no bound in practice.
  public static final int LIMIT_MAX = LimitSpec.Fixed.MAX;

  public BalancerSettings {
    var problems = new Problems();
    problems.check(queueCap >= 0, "queue-cap", queueCap, ">= 0");
    problems.check(queueDeadlineNanos > 0, "queue-deadline", queueDeadlineNanos, "> 0");
    problems.check(ejectNanos >= 0, "eject", ejectNanos, ">= 0");
    problems.check(limitMax >= 1, "limit-max", limitMax, ">= 1");
    problems.check(slowStartNanos >= 0, "slow-start", slowStartNanos, ">= 0");
    problems.throwIfAny("balancer");
  }

  /// Settings without a queue of their own kind: first come, first served.
  public BalancerSettings(
      PolicySpec policy,
      int queueCap,
      long queueDeadlineNanos,
      long ejectNanos,
      LimitSpec limit,
      int limitMax,
      long slowStartNanos) {
    this(
        policy,
        queueCap,
        queueDeadlineNanos,
        ejectNanos,
        limit,
        limitMax,
        slowStartNanos,
        QueueSpec.FIFO);
  }

  /// Settings that learn their limits, without a slow start.
  public BalancerSettings(
      PolicySpec policy, int queueCap, long queueDeadlineNanos, long ejectNanos, int limitMax) {
    this(policy, queueCap, queueDeadlineNanos, ejectNanos, LimitSpec.AUTO, limitMax, 0);
  }

  /// The defaults: 10,000 waiting, 30 s, ejection for 1 s, limits learned, no slow start.
  public static BalancerSettings of(PolicySpec policy) {
    return new BalancerSettings(policy, 10_000, 30_000_000_000L, 1_000_000_000L, LIMIT_MAX);
  }

  /// The limit in force: none with a policy that does not queue.
  LimitSpec limitInForce() {
    return policy.queues() ? limit : LimitSpec.OFF;
  }

  /// The same with a slow start.
  public BalancerSettings withSlowStart(long nanos) {
    return new BalancerSettings(
        policy, queueCap, queueDeadlineNanos, ejectNanos, limit, limitMax, nanos, queue);
  }

  /// The same with another policy.
  public BalancerSettings with(PolicySpec other) {
    return new BalancerSettings(
        other, queueCap, queueDeadlineNanos, ejectNanos, limit, limitMax, slowStartNanos, queue);
  }

  /// The same with another limit.
  public BalancerSettings with(LimitSpec other) {
    return new BalancerSettings(
        policy, queueCap, queueDeadlineNanos, ejectNanos, other, limitMax, slowStartNanos, queue);
  }

  /// The same with another order of waiting.
  public BalancerSettings with(QueueSpec other) {
    return new BalancerSettings(
        policy, queueCap, queueDeadlineNanos, ejectNanos, limit, limitMax, slowStartNanos, other);
  }
}
