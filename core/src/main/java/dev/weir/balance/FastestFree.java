package dev.weir.balance;

/// The policy `weir`: of the replicas with a free slot takes the one expected to finish first, and
/// lets requests wait in one line while there is none.
final class FastestFree implements PickPolicy {
  /*
   * Binding late beats every policy that binds early, because a request never waits behind a long
   * one while another replica is idle (M/G/k against k queues).
   *
   * Expected to finish first = the mean work here x how much of a core the request will get. Those
   * within ALIKE of the best count as equal: measured paces differ by chance, and without this a
   * lightly loaded service would send nearly all to one of several equal replicas. Among equals the
   * one with the fewest in flight is taken, so that a knee learned too high does little harm, and
   * among those the one picked longest ago.
   */
  private static final double ALIKE = 1.2;

  private final WorkMoments work;
  private long picks;
  private double[] scores = new double[4];

  FastestFree(WorkMoments work) {
    this.work = work;
  }

  @Override
  public Pick pick(Pool pool, long nowNanos) {
    double best = score(pool, nowNanos);
    if (best == Double.POSITIVE_INFINITY) {
      return Pick.QUEUE;
    }
    int chosen = -1;
    for (int i = 0; i < pool.size(); i++) {
      if (scores[i] <= best * ALIKE && (chosen < 0 || isBefore(pool.at(i), pool.at(chosen)))) {
        chosen = i;
      }
    }
    Replica replica = pool.at(chosen);
    replica.lastPick = ++picks;
    return replica.to;
  }

  private static boolean isBefore(Replica one, Replica other) {
    long oneLoad = (long) one.inFlight * other.learner.knee();
    long otherLoad = (long) other.inFlight * one.learner.knee();
    return oneLoad == otherLoad ? one.lastPick < other.lastPick : oneLoad < otherLoad;
  }

  /// Notes everyone's expected time to finish, infinite without a free slot, and returns the least.
  private double score(Pool pool, long nowNanos) {
    if (scores.length < pool.size()) {
      scores = new double[pool.size() * 2];
    }
    double priorNanos = work.meanNanos();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < pool.size(); i++) {
      Replica replica = pool.at(i);
      scores[i] =
          replica.hasFreeSlot()
              ? finishNanos(replica, priorNanos, nowNanos)
              : Double.POSITIVE_INFINITY;
      best = Math.min(best, scores[i]);
    }
    return best;
  }

  private static double finishNanos(Replica replica, double priorNanos, long nowNanos) {
    double share = Math.max(1, (replica.inFlight + 1.0) / replica.learner.knee());
    double meanNanos = replica.pace.meanNanos(priorNanos, nowNanos);
    return Double.isNaN(meanNanos) ? share : meanNanos * share;
  }
}
