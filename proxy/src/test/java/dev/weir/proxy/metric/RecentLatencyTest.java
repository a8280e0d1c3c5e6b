package dev.weir.proxy.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/// What is remembered of the last minute.
class RecentLatencyTest {
  private static final long SECOND = 1_000_000_000L;

  /// A monotonic clock may start below zero.
  private final long start = -123 * SECOND;

  private final RecentLatency latency = new RecentLatency();

  @Test
  void percentilesAreThoseOfTheValues() {
    for (int i = 1; i <= 10_000; i++) {
      latency.record(i * 100_000L, start + i);
    }
    assertThat(quantile(.5, start)).isCloseTo(.5, Percentage.withPercentage(1.6));
    assertThat(quantile(.99, start)).isCloseTo(.99, Percentage.withPercentage(1.6));
  }

  @Test
  void aMinuteIsRememberedAndThenForgotten() {
    latency.record(SECOND, start);
    assertThat(quantile(.99, start + 59 * SECOND)).isCloseTo(1, Percentage.withPercentage(3.2));
    assertThat(quantile(.99, start + 71 * SECOND)).isNaN();
    latency.record(SECOND / 10, start + 72 * SECOND);
    assertThat(quantile(.99, start + 72 * SECOND)).isCloseTo(.1, Percentage.withPercentage(3.2));
  }

  @Test
  void nothingIsKnownWithoutResponses() {
    assertThat(quantile(.99, start)).isNaN();
  }

  @Test
  void whatIsOutOfRangeCountsAtItsEnds() {
    latency.record(0, start);
    assertThat(quantile(.99, start)).isLessThan(70e-6);
    latency.record(1L << 60, start);
    assertThat(quantile(.99, start)).isBetween(100.0, 140.0);
  }

  private double quantile(double share, long nowNanos) {
    long[] counts = new long[RecentLatency.BUCKETS];
    latency.addTo(counts, nowNanos);
    return RecentLatency.quantileSeconds(counts, share);
  }
}
