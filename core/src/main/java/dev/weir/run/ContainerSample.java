package dev.weir.run;

import java.time.Instant;

/// What one container (or local process) had used at one instant, as cumulative counters with the
/// source's own timestamp. Rates are computed later, from differences.
///
/// @param container the container's name
/// @param node the machine it runs on
/// @param timestamp the source's own clock
/// @param cpuTotalNanos CPU time used since it started
/// @param cpuUserNanos the part of it in user mode; -1 if the source does not report it
/// @param cpuSystemNanos the part of it in the kernel; -1 if the source does not report it
/// @param memoryUsageBytes memory in use, page cache included where the source counts it; -1 if the
///   source does not report it
/// @param memoryWorkingSetBytes memory that cannot be reclaimed; -1 if the source does not report
///   it
/// @param source what measured it, such as "process", "docker" or "cadvisor"; "" if unknown
public record ContainerSample(
    String container,
    String node,
    Instant timestamp,
    long cpuTotalNanos,
    long cpuUserNanos,
    long cpuSystemNanos,
    long memoryUsageBytes,
    long memoryWorkingSetBytes,
    String source) {

  /// A sample of an unnamed source.
  public ContainerSample(
      String container,
      String node,
      Instant timestamp,
      long cpuTotalNanos,
      long cpuUserNanos,
      long cpuSystemNanos,
      long memoryUsageBytes,
      long memoryWorkingSetBytes) {
    this(
        container,
        node,
        timestamp,
        cpuTotalNanos,
        cpuUserNanos,
        cpuSystemNanos,
        memoryUsageBytes,
        memoryWorkingSetBytes,
        "");
  }

  /// The same under another name.
  public ContainerSample named(String other) {
    return with(other, node, timestamp);
  }

  /// The same on another node.
  public ContainerSample on(String other) {
    return with(container, other, timestamp);
  }

  /// The same by another clock.
  public ContainerSample at(Instant other) {
    return with(container, node, other);
  }

  private ContainerSample with(String otherContainer, String otherNode, Instant otherTimestamp) {
    return new ContainerSample(
        otherContainer,
        otherNode,
        otherTimestamp,
        cpuTotalNanos,
        cpuUserNanos,
        cpuSystemNanos,
        memoryUsageBytes,
        memoryWorkingSetBytes,
        source);
  }
}
