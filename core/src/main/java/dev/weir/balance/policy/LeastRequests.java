package dev.weir.balance.policy;

/// Takes the replica with the fewest requests in flight; equals take turns.
final class LeastRequests extends OrderedPolicy {
  /*
   * Ties need turns: the first of a list would get all traffic of a lightly loaded service.
   */
  @Override
  public boolean isBefore(Candidate one, Candidate other) {
    return one.inFlight() == other.inFlight()
        ? Turn.isBefore(one, other)
        : one.inFlight() < other.inFlight();
  }
}
