package dev.weir.observe.agent;

import dev.weir.observe.container.NamedContainer;
import dev.weir.run.ContainerSample;
import java.util.ArrayList;
import java.util.List;

/// What is kept of one container.
///
/// @param container its names
/// @param running whether it had a control group when last looked for
/// @param memoryLimitBytes what it may use at most; 0 if nothing limits it
/// @param samples in the order of time
public record ContainerSeries(
    NamedContainer container,
    boolean running,
    long memoryLimitBytes,
    List<ContainerSample> samples) {
  public ContainerSeries {
    samples = List.copyOf(samples);
  }

  /// The same with what followed.
  ContainerSeries and(ContainerSeries later) {
    var all = new ArrayList<ContainerSample>(samples);
    all.addAll(later.samples);
    return new ContainerSeries(later.container, later.running, later.memoryLimitBytes, all);
  }
}
