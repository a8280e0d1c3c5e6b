package dev.weir.report;

import dev.weir.run.ContainerSample;
import dev.weir.run.RunRecord;
import dev.weir.run.SampleTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the samples of a container into its usage over time.
///
/// Rates are differences of the cumulative counters over differences of the source's own
/// timestamps, so the time of reading does not matter. A line breaks where a counter went back (the
/// container restarted), where the container changed its node, and where samples are missing.
final class UsageSeries {
  /// Longer distances between samples, in usual intervals, leave a gap.
  private static final double GAP_INTERVALS = 3.5;

  /// Shorter intervals never count as a gap: sources that promise 1 s deliver 1 to 2 s.
  private static final double GAP_SECONDS_MIN = 3;

  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Metric metric;
  private final Instant origin;
  private final List<double[]> points = new ArrayList<>();

  private UsageSeries(Metric metric, Instant origin) {
    this.metric = metric;
    this.origin = origin;
  }

  /// The series of every container of a run, by name.
  static List<Series> of(RunRecord run, Metric metric) {
    Instant origin = Clock.of(run).origin();
    return run.samples().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(NaturalOrder.NAMES))
        .map(entry -> of(entry.getKey(), entry.getValue(), metric, origin))
        .toList();
  }

  /// The series of one container.
  static Series of(String name, List<ContainerSample> samples, Metric metric, Instant origin) {
    List<ContainerSample> ordered = ordered(samples);
    double gapSeconds = gapSeconds(ordered);
    var usage = new UsageSeries(metric, origin);
    for (int i = 0; i < ordered.size(); i++) {
      usage.add(i == 0 ? null : ordered.get(i - 1), ordered.get(i), gapSeconds);
    }
    return new Series(
        name,
        usage.points.stream().mapToDouble(point -> point[0]).toArray(),
        usage.points.stream().mapToDouble(point -> point[1]).toArray());
  }

  private void add(@Nullable ContainerSample before, ContainerSample sample, double gapSeconds) {
    double at = Clock.seconds(origin, sample.timestamp());
    boolean broken = before != null && broken(before, sample, gapSeconds);
    if (broken) {
      points.add(new double[] {at, Double.NaN});
    }
    switch (metric) {
      case CPU -> {
        if (before != null && !broken) {
          points.add(new double[] {at, cores(before, sample)});
        }
      }
      case MEMORY -> points.add(new double[] {at, megabytes(sample)});
    }
  }

  private static double megabytes(ContainerSample sample) {
    long bytes = sample.memoryUsageBytes();
    return bytes < 0 ? Double.NaN : bytes / BYTES_PER_MEGABYTE;
  }

  private static boolean broken(ContainerSample before, ContainerSample sample, double gapSeconds) {
    return Clock.seconds(before.timestamp(), sample.timestamp()) > gapSeconds
        || sample.cpuTotalNanos() < before.cpuTotalNanos()
        || !sample.node().equals(before.node());
  }

  private static double cores(ContainerSample before, ContainerSample sample) {
    double usedSeconds = (sample.cpuTotalNanos() - before.cpuTotalNanos()) / 1e9;
    return usedSeconds / Clock.seconds(before.timestamp(), sample.timestamp());
  }

  /// In order of time, each timestamp once: cAdvisor may return the same sample to several reads.
  /// Samples with impossible timestamps are left out.
  static List<ContainerSample> ordered(List<ContainerSample> samples) {
    var ordered = new ArrayList<ContainerSample>(samples.size());
    SampleTimes times = SampleTimes.of(samples);
    samples.stream()
        .filter(times::holds)
        .sorted(Comparator.comparing(ContainerSample::timestamp))
        .forEach(sample -> {
          if (ordered.isEmpty() || sample.timestamp().isAfter(ordered.getLast().timestamp())) {
            ordered.add(sample);
          }
        });
    return ordered;
  }

  private static double gapSeconds(List<ContainerSample> ordered) {
    var intervals = new double[Math.max(0, ordered.size() - 1)];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = Clock.seconds(ordered.get(i).timestamp(), ordered.get(i + 1).timestamp());
    }
    Arrays.sort(intervals);
    double usual = intervals.length == 0 ? 0 : intervals[intervals.length / 2];
    return Math.max(GAP_SECONDS_MIN, usual * GAP_INTERVALS);
  }
}
