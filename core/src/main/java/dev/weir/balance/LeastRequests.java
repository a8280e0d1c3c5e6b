package dev.weir.balance;

/// Takes the replica with the fewest requests in flight, and of several with as few the one that
/// was picked longest ago.
final class LeastRequests extends OrderedPolicy {
  /*
   * Ties need turns: taking the first of a list sends a lightly loaded service's whole traffic to one
   * replica.
   */
  @Override
  public boolean isBefore(Replica one, Replica other) {
    return one.inFlight() == other.inFlight()
        ? one.turn() < other.turn()
        : one.inFlight() < other.inFlight();
  }
}
