package dev.weir.proxy.metric;

import java.util.concurrent.atomic.AtomicLongArray;

/// A histogram of durations over fixed bounds. One event loop writes it; any thread may read it.
public final class LatencyHistogram {
  private static final double[] BOUNDS_SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
  };

  /// How many buckets there are; the last holds what is above all bounds.
  public static final int BUCKETS = BOUNDS_SECONDS.length + 1;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final AtomicLongArray sumNanos = new AtomicLongArray(1);

  /// A bucket's upper bound in seconds; infinite for the last.
  public static double upperSeconds(int bucket) {
    return bucket == BUCKETS - 1 ? Double.POSITIVE_INFINITY : BOUNDS_SECONDS[bucket];
  }

  public void record(long nanos) {
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
      bucket++;
    }
    // One writer: no read-modify-write instruction is needed.
    counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
    sumNanos.setOpaque(0, sumNanos.getPlain(0) + nanos);
  }

  /// Adds the counts to `into`, which has one place per bucket.
  public void addTo(long[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += counts.getOpaque(i);
    }
  }

  public double sumSeconds() {
    return sumNanos.getOpaque(0) / 1e9;
  }
}
