package dev.weir.observe.agent;

import dev.weir.observe.container.NamedContainer;
import dev.weir.run.ContainerSample;
import java.util.ArrayList;
import java.util.List;

/// The stored samples of one container.
///
/// @param container its names
/// @param running whether it had a control group at the last look
/// @param memoryLimitBytes its memory limit; 0 for none
/// @param samples in the order of time
public record ContainerSeries(
    NamedContainer container,
    boolean running,
    long memoryLimitBytes,
    List<ContainerSample> samples) {
  public ContainerSeries {
    samples = List.copyOf(samples);
  }

  /// The same with later samples.
  ContainerSeries and(ContainerSeries later) {
    var all = new ArrayList<ContainerSample>(samples);
    all.addAll(later.samples);
    return new ContainerSeries(later.container, later.running, later.memoryLimitBytes, all);
  }
}
