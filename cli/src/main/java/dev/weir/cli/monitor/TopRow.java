package dev.weir.cli.monitor;

import dev.weir.observe.agent.ContainerSeries;
import dev.weir.observe.agent.NodeResponse;
import dev.weir.run.ContainerSample;
import dev.weir.run.SampleTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One container in `weir top`.
///
/// @param node its machine
/// @param container its name
/// @param id its container id
/// @param service its swarm service, or ""
/// @param task its swarm task's id, or ""
/// @param cpuPercent CPU over the last seconds, 100 being one core; NaN after one sample
/// @param cpuTotalNanos CPU since it started
/// @param memoryBytes memory that cannot be reclaimed, as `docker stats` shows it
/// @param memoryUsageBytes the same with page cache
/// @param memoryLimitBytes 0 if there is none
/// @param timestamp of the sample, on the node's clock
record TopRow(
    String node,
    String container,
    String id,
    String service,
    String task,
    double cpuPercent,
    long cpuTotalNanos,
    long memoryBytes,
    long memoryUsageBytes,
    long memoryLimitBytes,
    Instant timestamp) {
  private static final double NANOS_PER_PERCENT_SECOND = 1e7;

  /// The containers that run on a node, each with its rate over about `span`.
  static List<TopRow> of(NodeResponse.Responded response, Duration span) {
    return response.series().stream()
        .filter(ContainerSeries::running)
        .flatMap(series -> of(response.node(), series, span).stream())
        .toList();
  }

  private static Optional<TopRow> of(String node, ContainerSeries series, Duration span) {
    List<ContainerSample> samples =
        series.samples().stream()
            .filter(sample -> SampleTimes.isPlausible(sample.timestamp()))
            .toList();
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    ContainerSample last = samples.getLast();
    return Optional.of(
        new TopRow(
            node,
            series.container().name(),
            series.container().id(),
            series.container().service(),
            series.container().task(),
            percent(before(samples, last.timestamp().minus(span)), last),
            last.cpuTotalNanos(),
            last.memoryWorkingSetBytes(),
            last.memoryUsageBytes(),
            series.memoryLimitBytes(),
            last.timestamp()));
  }

  /// The newest sample at or before an instant; if there is none, the oldest.
  private static ContainerSample before(List<ContainerSample> samples, Instant instant) {
    ContainerSample found = samples.getFirst();
    for (ContainerSample sample : samples) {
      if (!sample.timestamp().isAfter(instant)) {
        found = sample;
      }
    }
    return found;
  }

  private static double percent(ContainerSample from, ContainerSample to) {
    long nanos = Duration.between(from.timestamp(), to.timestamp()).toNanos();
    return nanos <= 0
        ? Double.NaN
        : (to.cpuTotalNanos() - from.cpuTotalNanos()) / (nanos / 1e9) / NANOS_PER_PERCENT_SECOND;
  }
}
