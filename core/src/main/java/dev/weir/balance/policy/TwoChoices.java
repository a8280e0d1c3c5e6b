package dev.weir.balance.policy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws two distinct replicas and takes the one that costs less.
///
/// Described by Mitzenmacher, "The power of two choices in randomized load balancing" (2001).
final class TwoChoices {
  /*
   * The second draw is from the others: with replacement the busiest replica still wins whenever it
   * is drawn twice (one time in nine among three). The order of the two draws is random, so on a tie
   * the first is as good a choice as any.
   */
  private final RandomGenerator random;
  private final Cost cost;

  TwoChoices(RandomGenerator random, Cost cost) {
    this.random = random;
    this.cost = cost;
  }

  <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    if (pool.isEmpty()) {
      return null;
    }
    if (pool.size() == 1) {
      return pool.at(0);
    }
    int first = random.nextInt(pool.size());
    int second = random.nextInt(pool.size() - 1);
    C one = pool.at(first);
    C other = pool.at(second < first ? second : second + 1);
    return cost.of(other, nowNanos) < cost.of(one, nowNanos) ? other : one;
  }

  /// What one more request on a replica costs, in any unit.
  @FunctionalInterface
  interface Cost {
    double of(Candidate replica, long nowNanos);
  }
}
