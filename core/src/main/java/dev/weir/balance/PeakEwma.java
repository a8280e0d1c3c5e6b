package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Of two replicas drawn at random the one with the lower latency x (requests in flight + 1), where
/// latency is an average that jumps up at once and comes down slowly.
///
/// Finagle's `PeakEwma` load metric with its power-of-two-choices balancer.
final class PeakEwma implements PickPolicy {
  private static final double DECAY_NANOS = 10e9;

  /// What a replica without any answer yet costs while it has something to answer: more than any
  /// known one, so that a fresh replica gets one request and not a stampede.
  private static final double PENALTY = 1e18;

  private final TwoDraws draws;

  PeakEwma(RandomGenerator random) {
    draws = new TwoDraws(random, PeakEwma::cost);
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    return draws.pick(pool, nowNanos);
  }

  @Override
  public void answered(Replica replica, long serviceNanos, long nowNanos) {
    double before = replica.peakNanos;
    double keep = keep(replica, nowNanos);
    replica.peakNanos =
        serviceNanos > before ? serviceNanos : before * keep + serviceNanos * (1 - keep);
    replica.peakAtNanos = nowNanos;
  }

  /// As of now: without answers the average fades, so that a replica that was slow once is tried
  /// again.
  private static double cost(Replica replica, long nowNanos) {
    if (replica.peakNanos == 0) {
      return replica.inFlight == 0 ? 0 : PENALTY + replica.inFlight;
    }
    return replica.peakNanos * keep(replica, nowNanos) * (replica.inFlight + 1);
  }

  private static double keep(Replica replica, long nowNanos) {
    return Math.exp(-Math.max(0, nowNanos - replica.peakAtNanos) / DECAY_NANOS);
  }
}
