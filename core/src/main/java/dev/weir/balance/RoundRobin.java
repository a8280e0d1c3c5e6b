package dev.weir.balance;

/// Takes the replica that was picked longest ago.
final class RoundRobin implements PickPolicy, Order {
  /*
   * A cursor into a list loses its place whenever the list changes, and then serves one replica
   * twice or skips another (Caddy and Traefik both had it). "Longest ago" needs no list order: with
   * a fixed membership it is the classic cycle, and a replica that joins or comes back is served
   * once and takes its place in it.
   */
  private long picks;

  @Override
  public Order order() {
    return this;
  }

  @Override
  public boolean isBefore(Replica one, Replica other) {
    return one.turn() < other.turn();
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    if (pool.isEmpty()) {
      return Pick.QUEUE;
    }
    Replica oldest = pool.best(this);
    oldest.turn(++picks);
    return oldest.to();
  }
}
