package dev.weir.balance.policy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes any replica, each with the same chance.
final class RandomChoice implements PickPolicy {
  private final RandomGenerator random;

  RandomChoice(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    return pool.isEmpty() ? null : pool.at(random.nextInt(pool.size()));
  }
}
