package dev.weir.balance.policy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws two replicas at random and takes the one with the lower latency x (requests in flight +
/// 1). Latency is an average that rises at once and falls slowly.
///
/// Finagle's `PeakEwma` load metric with its power-of-two-choices balancer.
final class PeakEwma implements PickPolicy {
  private static final double DECAY_NANOS = 10e9;

  /// The cost of a replica without a response yet: above all known ones, so that a new replica gets
  /// one request instead of a stampede.
  private static final double PENALTY = 1e18;

  private final TwoChoices draws;

  PeakEwma(RandomGenerator random) {
    draws = new TwoChoices(random, PeakEwma::cost);
  }

  @Override
  public <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    return draws.pick(pool, nowNanos);
  }

  @Override
  public PickState newState(long nowNanos) {
    return new Peak(nowNanos);
  }

  @Override
  public void responded(Candidate replica, long serviceNanos, long nowNanos) {
    peak(replica).note(serviceNanos, nowNanos);
  }

  private static double cost(Candidate replica, long nowNanos) {
    double latencyNanos = peak(replica).at(nowNanos);
    if (latencyNanos == 0) {
      return replica.inFlight() == 0 ? 0 : PENALTY + replica.inFlight();
    }
    return latencyNanos * (replica.inFlight() + 1);
  }

  private static Peak peak(Candidate replica) {
    return (Peak) replica.pickState();
  }

  /// A replica's latency.
  private static final class Peak implements PickState {
    private double nanos;
    private long atNanos;

    Peak(long nowNanos) {
      atNanos = nowNanos;
    }

    void note(long serviceNanos, long nowNanos) {
      double keep = keep(nowNanos);
      nanos = serviceNanos > nanos ? serviceNanos : nanos * keep + serviceNanos * (1 - keep);
      atNanos = nowNanos;
    }

    /// The latency now. Without responses it fades, so that a replica that was slow once is
    /// retried. 0 until known.
    double at(long nowNanos) {
      return nanos * keep(nowNanos);
    }

    private double keep(long nowNanos) {
      return Math.exp(-Math.max(0, nowNanos - atNanos) / DECAY_NANOS);
    }
  }
}
