package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Of two replicas drawn at random the one with fewer requests in flight.
final class PowerOfTwo implements PickPolicy {
  private final TwoDraws draws;

  PowerOfTwo(RandomGenerator random) {
    draws = new TwoDraws(random, (replica, _) -> replica.inFlight());
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    return draws.pick(pool, nowNanos);
  }
}
