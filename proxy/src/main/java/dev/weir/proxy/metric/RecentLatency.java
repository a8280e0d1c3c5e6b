package dev.weir.proxy.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/// Response times of the last minute or so, precise to 3 %. One event loop writes it; any thread
/// may read it.
public final class RecentLatency {
  /*
   * Seven parts of ten seconds, of which the oldest is emptied when its turn comes: what is read
   * covers the last 60 to 70 s. Buckets are HdrHistogram's: 32 for each power of two. A reader may
   * see a part half emptied; such a percentile is off for that one reading.
   */
  private static final int PARTS = 7;
  private static final long PART_NANOS = 10_000_000_000L;
  private static final int BITS = 5;
  private static final int FIRST_POWER = 16;
  private static final int POWERS = 21;

  /// How many buckets there are: from 65 µs to two minutes.
  public static final int BUCKETS = POWERS << BITS;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(PARTS * BUCKETS);
  private final AtomicLongArray parts = new AtomicLongArray(PARTS);

  /// Starts empty.
  public RecentLatency() {
    for (int i = 0; i < PARTS; i++) {
      parts.setPlain(i, Long.MIN_VALUE);
    }
  }

  /// Notes that a response took `nanos`.
  public void record(long nanos, long nowNanos) {
    long part = Math.floorDiv(nowNanos, PART_NANOS);
    int slot = (int) Math.floorMod(part, (long) PARTS);
    if (parts.getPlain(slot) != part) {
      begin(slot, part);
    }
    int at = slot * BUCKETS + bucket(nanos);
    counts.setOpaque(at, counts.getPlain(at) + 1);
  }

  private void begin(int slot, long part) {
    for (int i = slot * BUCKETS; i < (slot + 1) * BUCKETS; i++) {
      counts.setOpaque(i, 0);
    }
    parts.setRelease(slot, part);
  }

  /// Adds the counts of the last minute to `into`, which has one place per bucket.
  public void addTo(long[] into, long nowNanos) {
    long newest = Math.floorDiv(nowNanos, PART_NANOS);
    for (int slot = 0; slot < PARTS; slot++) {
      if (parts.getAcquire(slot) > newest - PARTS) {
        for (int i = 0; i < BUCKETS; i++) {
          into[i] += counts.getOpaque(slot * BUCKETS + i);
        }
      }
    }
  }

  /// The time that a share of `share` of the counted responses did not exceed, in seconds; NaN if
  /// there are none.
  public static double quantileSeconds(long[] counts, double share) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double wanted = share * total;
    double below = 0;
    for (int i = 0; i < BUCKETS; i++) {
      if (counts[i] > 0 && below + counts[i] >= wanted) {
        double within = (wanted - below) / counts[i];
        return (lowerNanos(i) + within * (lowerNanos(i + 1) - lowerNanos(i))) / 1e9;
      }
      below += counts[i];
    }
    return Double.NaN;
  }

  /// The counts as rows of a bucket's lower bound, its upper bound, both in seconds, and its count;
  /// empty buckets are left out. Rows of several balancers may be added up, percentiles not.
  public static List<List<Number>> rows(long[] counts) {
    var rows = new ArrayList<List<Number>>();
    for (int i = 0; i < BUCKETS; i++) {
      if (counts[i] > 0) {
        rows.add(List.of(lowerNanos(i) / 1e9, lowerNanos(i + 1) / 1e9, counts[i]));
      }
    }
    return rows;
  }

  private static int bucket(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(Math.max(1L << FIRST_POWER, nanos));
    int within = (int) (nanos >>> (power - BITS)) & ((1 << BITS) - 1);
    boolean isBelow = nanos < 1L << FIRST_POWER;
    int bucket = isBelow ? 0 : ((power - FIRST_POWER) << BITS) + within;
    return Math.min(bucket, BUCKETS - 1);
  }

  private static double lowerNanos(int bucket) {
    int power = FIRST_POWER + (bucket >> BITS);
    long within = (1L << BITS) + (bucket & ((1 << BITS) - 1));
    return (double) (within << (power - BITS));
  }
}
