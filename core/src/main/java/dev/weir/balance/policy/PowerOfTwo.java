package dev.weir.balance.policy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws two replicas at random and takes the one with fewer requests in flight.
final class PowerOfTwo implements PickPolicy {
  private final TwoChoices draws;

  PowerOfTwo(RandomGenerator random) {
    draws = new TwoChoices(random, (replica, _) -> replica.inFlight());
  }

  @Override
  public <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    return draws.pick(pool, nowNanos);
  }
}
