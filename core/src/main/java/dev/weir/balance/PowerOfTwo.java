package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Draws two distinct replicas and takes the one with fewer requests in flight.
///
/// Described by Mitzenmacher, "The power of two choices in randomized load balancing" (2001).
final class PowerOfTwo implements PickPolicy {
  /*
   * The second draw is from the others: with replacement the busiest replica still wins whenever it
   * is drawn twice (one time in nine among three). The order of the two draws is random, so on a tie
   * the first is as good a choice as any.
   */
  private final RandomGenerator random;

  PowerOfTwo(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    if (pool.isEmpty()) {
      return Pick.NO_REPLICA;
    }
    if (pool.size() == 1) {
      return pool.at(0).to;
    }
    int first = random.nextInt(pool.size());
    int second = random.nextInt(pool.size() - 1);
    Replica one = pool.at(first);
    Replica other = pool.at(second < first ? second : second + 1);
    return other.inFlight < one.inFlight ? other.to : one.to;
  }
}
