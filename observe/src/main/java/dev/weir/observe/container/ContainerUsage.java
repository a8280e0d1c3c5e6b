package dev.weir.observe.container;

import dev.weir.run.ContainerSample;
import java.time.Instant;

/// The usage of one container so far.
///
/// @param cpuTotalNanos CPU time since it started
/// @param cpuUserNanos its part in user mode; -1 if unknown
/// @param cpuSystemNanos its part in the kernel; -1 if unknown
/// @param memoryUsageBytes memory in use, page cache included; -1 if unknown
/// @param memoryWorkingSetBytes the same without inactive file pages; -1 if unknown
/// @param memoryLimitBytes its memory limit; 0 for none
public record ContainerUsage(
    long cpuTotalNanos,
    long cpuUserNanos,
    long cpuSystemNanos,
    long memoryUsageBytes,
    long memoryWorkingSetBytes,
    long memoryLimitBytes) {
  static final long UNKNOWN = -1;

  /// Memory that the kernel cannot reclaim, computed like cAdvisor.
  static long workingSetBytes(long usageBytes, long inactiveFileBytes) {
    return usageBytes < 0 ? UNKNOWN : Math.max(0, usageBytes - Math.max(0, inactiveFileBytes));
  }

  /// The usage as a sample.
  public ContainerSample sample(String container, String node, Instant timestamp, String source) {
    return new ContainerSample(
        container,
        node,
        timestamp,
        cpuTotalNanos,
        cpuUserNanos,
        cpuSystemNanos,
        memoryUsageBytes,
        memoryWorkingSetBytes,
        source);
  }
}
