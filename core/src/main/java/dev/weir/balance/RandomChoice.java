package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Takes any replica, each with the same chance.
final class RandomChoice implements PickPolicy {
  private final RandomGenerator random;

  RandomChoice(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Pick pick(Candidates pool, long nowNanos) {
    return pool.isEmpty() ? Pick.QUEUE : pool.at(random.nextInt(pool.size())).to();
  }
}
