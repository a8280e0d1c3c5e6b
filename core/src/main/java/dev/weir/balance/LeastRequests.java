package dev.weir.balance;

import java.util.random.RandomGenerator;

/// Takes the replica with the fewest requests in flight, any of them if several have as few.
final class LeastRequests implements PickPolicy {
  private final RandomGenerator random;

  LeastRequests(RandomGenerator random) {
    this.random = random;
  }

  /*
   * Ties are broken by reservoir sampling: the n-th replica that is as good replaces the choice with
   * chance 1/n. Taking the first sends a lightly loaded service's whole traffic to one replica.
   */
  @Override
  public Pick pick(Pool pool, long nowNanos) {
    if (pool.isEmpty()) {
      return Pick.QUEUE;
    }
    Replica best = pool.at(0);
    int ties = 1;
    for (int i = 1; i < pool.size(); i++) {
      Replica other = pool.at(i);
      if (other.inFlight < best.inFlight) {
        best = other;
        ties = 1;
      } else if (other.inFlight == best.inFlight && random.nextInt(++ties) == 0) {
        best = other;
      }
    }
    return best.to;
  }
}
