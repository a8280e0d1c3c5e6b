package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Of two replicas drawn at random the one with fewer requests in flight.
final class PowerOfTwo implements PickPolicy {
  private final TwoChoices draws;

  PowerOfTwo(RandomGenerator random) {
    draws = new TwoChoices(random, (replica, _) -> replica.inFlight());
  }

  @Override
  public Pick pick(Candidates pool, long nowNanos) {
    return draws.pick(pool, nowNanos);
  }
}
