package dev.weir.balance;

/// A policy that picks the first of an order, in which those that are equal take turns.
abstract class OrderedPolicy implements PickPolicy, Order {
  private long picks;

  @Override
  public Order order() {
    return this;
  }

  @Override
  public Pick pick(Candidates pool, long nowNanos) {
    return pool.isEmpty() ? Pick.QUEUE : take(pool.best(this));
  }

  /// Picks `replica`: of its equals it is the last now.
  Pick take(Replica replica) {
    replica.turn(++picks);
    return replica.to();
  }
}
