package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// From cumulative counters to lines with breaks.
final class UsageSeriesTest {
  @Test
  void coresAreDifferencesOverTheSourcesOwnTime() {
    Series cpu = cpu(sample(0, 100), sample(1000, 600), sample(3000, 3600));
    assertThat(seconds(cpu)).containsExactly(1.0, 3.0);
    assertThat(values(cpu)).containsExactly(0.5, 1.5);
  }

  @Test
  void aRestartBreaksTheLine() {
    Series cpu = cpu(sample(0, 5000), sample(1000, 6000), sample(2000, 10), sample(3000, 1010));
    assertThat(values(cpu)).containsExactly(1.0, Double.NaN, 1.0);
  }

  @Test
  void aGapBreaksTheLine() {
    ContainerSample[] samples = {
      sample(0, 0), sample(1000, 0), sample(2000, 0), sample(9000, 0), sample(10_000, 0)
    };
    assertThat(values(cpu(samples))).containsExactly(0.0, 0.0, Double.NaN, 0.0);
    assertThat(values(memory(samples))).containsExactly(2.0, 2.0, 2.0, Double.NaN, 2.0, 2.0);
  }

  @Test
  void aSampleReadTwiceCountsOnce() {
    assertThat(values(cpu(sample(0, 0), sample(0, 0), sample(1000, 700)))).containsExactly(0.7);
  }

  @Test
  void samplesOutOfOrderAreSorted() {
    assertThat(values(cpu(sample(1000, 700), sample(0, 0)))).containsExactly(0.7);
  }

  @Test
  void thinningKeepsExtremesAndBreaks() {
    double[] values = IntStream.range(0, 100_000).mapToDouble(i -> Math.sin(i / 50.0)).toArray();
    values[777] = 9;
    values[50_001] = -9;
    values[60_000] = Double.NaN;
    double[] times = IntStream.range(0, values.length).asDoubleStream().toArray();
    Series thin = new Series("a", times, values).thinned(3000);
    assertThat(thin.size()).isLessThanOrEqualTo(3000);
    assertThat(values(thin)).contains(9.0, -9.0, Double.NaN);
    assertThat(seconds(thin)).isSorted();
  }

  private static Series cpu(ContainerSample... samples) {
    return UsageSeries.of("c", List.of(samples), Metric.CPU, SyntheticRun.START);
  }

  private static Series memory(ContainerSample... samples) {
    return UsageSeries.of("c", List.of(samples), Metric.MEMORY, SyntheticRun.START);
  }

  private static ContainerSample sample(long millis, long cpuMillis) {
    return new ContainerSample(
        "c",
        "n",
        SyntheticRun.START.plusMillis(millis),
        cpuMillis * 1_000_000,
        0,
        0,
        2_000_000,
        1_000_000);
  }

  private static double[] seconds(Series series) {
    return IntStream.range(0, series.size()).mapToDouble(series::second).toArray();
  }

  private static List<Double> values(Series series) {
    return Arrays.stream(IntStream.range(0, series.size()).mapToDouble(series::value).toArray())
        .boxed()
        .toList();
  }
}
