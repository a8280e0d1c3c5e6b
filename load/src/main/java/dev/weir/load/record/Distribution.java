package dev.weir.load.record;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The distribution of a duration over many requests, to three digits.
public final class Distribution {
  private static final int DIGITS = 3;
  private final Histogram histogram = new Histogram(DIGITS);

  public Distribution() {
    histogram.setAutoResize(true);
  }

  public void add(long nanos) {
    histogram.recordValue(Math.max(0, nanos));
  }

  /// How many there are.
  public long count() {
    return histogram.getTotalCount();
  }

  /// The duration that `percent` of them stay within, or 0 if there are none.
  public long percentileNanos(double percent) {
    return count() == 0 ? 0 : histogram.getValueAtPercentile(percent);
  }

  /// The longest, or 0 if there are none.
  public long maxNanos() {
    return histogram.getMaxValue();
  }

  /// The shortest, or 0 if there are none.
  public long minNanos() {
    return count() == 0 ? 0 : histogram.getMinValue();
  }

  /// Their mean, or 0 if there are none.
  public double meanNanos() {
    return count() == 0 ? 0 : histogram.getMean();
  }

  @Override
  public String toString() {
    return "%d, p50 %d us".formatted(count(), TimeUnit.NANOSECONDS.toMicros(percentileNanos(50)));
  }
}
