package dev.weir.balance;

/// Takes the replica with the fewest requests in flight, and of several with as few the one that
/// was picked longest ago.
final class LeastRequests implements PickPolicy, Order {
  /*
   * Ties need turns: taking the first of a list sends a lightly loaded service's whole traffic to one
   * replica.
   */
  private long picks;

  @Override
  public Order order() {
    return this;
  }

  @Override
  public boolean isBefore(Replica one, Replica other) {
    return one.inFlight() == other.inFlight()
        ? one.turn() < other.turn()
        : one.inFlight() < other.inFlight();
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    if (pool.isEmpty()) {
      return Pick.QUEUE;
    }
    Replica best = pool.best(this);
    best.turn(++picks);
    return best.to();
  }
}
