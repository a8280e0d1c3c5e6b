package dev.weir.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// The CPU time that the current thread has used, as the kernel accounts it.
final class ThreadCpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadCpu() {}

  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
