package dev.weir.observe.container;

import dev.weir.run.ContainerSample;
import java.time.Instant;

/// What one container has used so far.
///
/// @param cpuTotalNanos CPU time since it started
/// @param cpuUserNanos of which in user mode; -1 if unknown
/// @param cpuSystemNanos of which in the kernel; -1 if unknown
/// @param memoryUsageBytes memory in use, page cache included; -1 if unknown
/// @param memoryWorkingSetBytes the same without inactive file pages; -1 if unknown
/// @param memoryLimitBytes what it may use at most; 0 if nothing limits it
public record ContainerUsage(
    long cpuTotalNanos,
    long cpuUserNanos,
    long cpuSystemNanos,
    long memoryUsageBytes,
    long memoryWorkingSetBytes,
    long memoryLimitBytes) {
  static final long UNKNOWN = -1;

  /// Memory without what the kernel gives back when asked, as cAdvisor computes it.
  static long workingSetBytes(long usageBytes, long inactiveFileBytes) {
    return usageBytes < 0 ? UNKNOWN : Math.max(0, usageBytes - Math.max(0, inactiveFileBytes));
  }

  /// This as a sample.
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
