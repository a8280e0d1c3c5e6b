package dev.weir.report;

import dev.weir.run.ContainerSample;
import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Map;

/// A container's usage over a whole run.
///
/// @param container its name
/// @param node the machine of its last sample
/// @param source what measured it
/// @param samples the number of instants
/// @param seconds from the first instant to the last
/// @param cpuSeconds CPU time used between them; a counter that restarted counts from zero
/// @param meanCores `cpuSeconds` over `seconds`; NaN of a single sample
/// @param maxCores the highest rate between two samples; NaN of a single sample
/// @param maxMegabytes the highest memory at any instant; NaN if unknown
public record ContainerUse(
    String container,
    String node,
    String source,
    int samples,
    double seconds,
    double cpuSeconds,
    double meanCores,
    double maxCores,
    double maxMegabytes) {
  /// All sampled containers of a run, by name.
  public static List<ContainerUse> of(RunRecord run) {
    return run.samples().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey(NaturalOrder.NAMES))
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ContainerUse of(String name, List<ContainerSample> unordered) {
    List<ContainerSample> samples = UsageSeries.ordered(unordered);
    ContainerSample first = samples.getFirst();
    ContainerSample last = samples.getLast();
    double cpuNanos = 0;
    for (int i = 1; i < samples.size(); i++) {
      long now = samples.get(i).cpuTotalNanos();
      long used = now - samples.get(i - 1).cpuTotalNanos();
      cpuNanos += used < 0 ? now : used;
    }
    double seconds = Clock.seconds(first.timestamp(), last.timestamp());
    Series cores = UsageSeries.of(name, samples, Metric.CPU, first.timestamp());
    Series memory = UsageSeries.of(name, samples, Metric.MEMORY, first.timestamp());
    return new ContainerUse(
        name,
        last.node(),
        last.source(),
        samples.size(),
        seconds,
        cpuNanos / 1e9,
        seconds > 0 ? cpuNanos / 1e9 / seconds : Double.NaN,
        cores.maximum(),
        memory.maximum());
  }
}
