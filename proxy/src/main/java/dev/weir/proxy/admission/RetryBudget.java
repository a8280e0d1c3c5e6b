package dev.weir.proxy.admission;

/// Keeps retries from doubling the load of a failing service: it allows a fifth of the requests of
/// the last ten seconds, plus ten a second.
///
/// Not thread-safe.
final class RetryBudget {
  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = 1_000_000_000L;
  private static final double SHARE = 0.2;
  private static final long RETRIES_MIN = 10 * BUCKETS;

  private final long[] requests = new long[BUCKETS];
  private final long[] retries = new long[BUCKETS];
  private long second;

  RetryBudget(long nowNanos) {
    second = nowNanos / BUCKET_NANOS;
  }

  void request(long nowNanos) {
    turn(nowNanos);
    requests[bucket()]++;
  }

  /// Takes one retry out of the budget, if there is one left.
  boolean take(long nowNanos) {
    turn(nowNanos);
    long requested = 0;
    long retried = 0;
    for (int i = 0; i < BUCKETS; i++) {
      requested += requests[i];
      retried += retries[i];
    }
    if (retried >= RETRIES_MIN + requested * SHARE) {
      return false;
    }
    retries[bucket()]++;
    return true;
  }

  private int bucket() {
    return (int) Math.floorMod(second, (long) BUCKETS);
  }

  private void turn(long nowNanos) {
    long now = nowNanos / BUCKET_NANOS;
    for (int passed = 0; second < now && passed < BUCKETS; passed++) {
      second++;
      requests[bucket()] = 0;
      retries[bucket()] = 0;
    }
    second = Math.max(second, now);
  }
}
