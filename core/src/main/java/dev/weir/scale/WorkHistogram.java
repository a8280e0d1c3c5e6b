package dev.weir.scale;

import java.util.Arrays;

/// Counts measured work in buckets of equal ratio.
///
/// Noting a value takes some nanoseconds and allocates nothing. Not safe for use by several threads
/// at once: its owner's lock guards it. [#law] takes an immutable copy.
public final class WorkHistogram {
  /*
   * A bucket's number is the exponent and the first five bits of the mantissa of a double, as in
   * HdrHistogram: 32 buckets for each power of two, each 2 to 3 % wide. In place of making all old
   * counts smaller, each new one counts a little more than the one before it.
   */
  private static final int SHIFT = 52 - 5;
  private static final long FIRST = Double.doubleToRawLongBits(0x1p-20) >>> SHIFT;
  private static final int BUCKETS = 33 << 5;
  private static final double FADING = 1 + 1 / 10_000.0;
  private static final double GAIN_MAX = 1e100;

  private final double growth;
  private final double[] counts = new double[BUCKETS];
  private double gain = 1;
  private long noted;
  private int lowest = BUCKETS;
  private int highest = -1;

  /// A histogram in which the last ten thousand or so count most.
  public WorkHistogram() {
    this(FADING);
  }

  private WorkHistogram(double growth) {
    this.growth = growth;
  }

  /// A histogram in which all that is noted counts alike.
  public static WorkHistogram ofAll() {
    return new WorkHistogram(1);
  }

  /// Adds the work of a request; 1 µs to two hours are kept apart.
  public void note(double seconds) {
    int bucket = bucket(seconds);
    counts[bucket] += gain;
    noted++;
    lowest = Math.min(lowest, bucket);
    highest = Math.max(highest, bucket);
    gain *= growth;
    if (gain > GAIN_MAX) {
      shrink();
    }
  }

  /// How many values were noted since the start.
  public long noted() {
    return noted;
  }

  /// The shape of the recent work, scaled to a mean that was measured over longer: so many values
  /// show a shape, but their mean scatters too much for a queue near its capacity.
  ///
  /// @param meanSeconds the mean that it gets, > 0
  /// @throws IllegalStateException if nothing was noted
  public WorkLaw law(double meanSeconds) {
    if (noted == 0) {
      throw new IllegalStateException("no work was noted yet");
    }
    double[] edges = new double[highest - lowest + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = edge(lowest + i);
    }
    return new MeasuredWork(edges, Arrays.copyOfRange(counts, lowest, highest + 1), meanSeconds);
  }

  private void shrink() {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] /= gain;
    }
    gain = 1;
  }

  private static int bucket(double seconds) {
    long number = (Double.doubleToRawLongBits(Math.max(0, seconds)) >>> SHIFT) - FIRST;
    return (int) Math.clamp(number, 0L, BUCKETS - 1L);
  }

  /// Where a bucket begins, in seconds.
  private static double edge(int bucket) {
    return Double.longBitsToDouble((FIRST + bucket) << SHIFT);
  }
}
