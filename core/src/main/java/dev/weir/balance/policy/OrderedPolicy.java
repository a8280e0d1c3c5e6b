package dev.weir.balance.policy;

import org.jspecify.annotations.Nullable;

/// A policy that picks the first of an order; equals take turns.
abstract class OrderedPolicy implements PickPolicy, Order {
  private long picks;

  @Override
  public Order order() {
    return this;
  }

  @Override
  public PickState newState(long nowNanos) {
    return new Turn();
  }

  @Override
  public <C extends Candidate> @Nullable C pick(Candidates<C> pool, long nowNanos) {
    return pool.isEmpty() ? null : take(pool.best(this));
  }

  /// Picks `replica`, which becomes the last of its equals.
  <C extends Candidate> C take(C replica) {
    Turn.of(replica).number(++picks);
    return replica;
  }
}
