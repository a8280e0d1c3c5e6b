package dev.weir.balance.policy;

/// Takes the replica with the fewest requests in flight; of equals the one that was picked longest
/// ago.
final class LeastRequests extends OrderedPolicy {
  /*
   * Ties need turns: taking the first of a list sends a lightly loaded service's whole traffic to one
   * replica.
   */
  @Override
  public boolean isBefore(Candidate one, Candidate other) {
    return one.inFlight() == other.inFlight()
        ? Turn.isBefore(one, other)
        : one.inFlight() < other.inFlight();
  }
}
