package dev.weir.observe.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Version 1: a hierarchy for each controller; cpuacct and memory are read.
final class CgroupV1 implements CgroupFiles {
  /*
   * cpuacct.usage is the scheduler's own sum in nanoseconds. User and system time come from
   * cpuacct.stat, in ticks: the kernel scales those to the same sum, while cpuacct.usage_user and
   * usage_sys count what ran when the clock ticked and drift from it.
   *
   * memory.stat's total_ lines include groups below, as memory.usage_in_bytes does.
   */
  private static final long NANOS_PER_TICK =
      10_000_000; // USER_HZ is 100 on all that Docker runs on

  /// "No limit" is the largest page-aligned number.
  private static final long LIMIT_NONE_FROM = 1L << 60;

  private final ContainerFolders cpuacct;
  private final ContainerFolders memory;

  CgroupV1(Path cpuacct, Path memory) {
    this.cpuacct = new ContainerFolders(cpuacct);
    this.memory = new ContainerFolders(memory);
  }

  @Override
  public Set<String> ids() {
    return cpuacct.ids();
  }

  @Override
  public Optional<ContainerUsage> read(String id) {
    Optional<Path> cpu = cpuacct.of(id);
    if (cpu.isEmpty()) {
      return Optional.empty();
    }
    return read(cpu.get(), memory.of(id));
  }

  static Optional<ContainerUsage> read(Path cpu, Optional<Path> memory) {
    try {
      long totalNanos =
          KernelNumbers.number(
              KernelNumbers.text(cpu.resolve("cpuacct.usage")).strip(), ContainerUsage.UNKNOWN);
      String stat = KernelNumbers.text(cpu.resolve("cpuacct.stat"));
      if (totalNanos < 0) {
        return Optional.empty();
      }
      long usageBytes =
          memory
              .map(folder ->
                  KernelNumbers.only(
                      folder.resolve("memory.usage_in_bytes"), ContainerUsage.UNKNOWN))
              .orElse(ContainerUsage.UNKNOWN);
      return Optional.of(
          new ContainerUsage(
              totalNanos,
              nanos(KernelNumbers.after(stat, "user", ContainerUsage.UNKNOWN)),
              nanos(KernelNumbers.after(stat, "system", ContainerUsage.UNKNOWN)),
              usageBytes,
              ContainerUsage.workingSetBytes(usageBytes, memory.map(CgroupV1::inactive).orElse(0L)),
              memory.map(CgroupV1::limit).orElse(0L)));
    } catch (IOException e) {
      // The container ended between finding its folder and reading it.
      return Optional.empty();
    }
  }

  private static long nanos(long ticks) {
    return ticks < 0 ? ContainerUsage.UNKNOWN : ticks * NANOS_PER_TICK;
  }

  private static long inactive(Path folder) {
    try {
      return KernelNumbers.after(
          KernelNumbers.text(folder.resolve("memory.stat")), "total_inactive_file", 0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long limit(Path folder) {
    long bytes = KernelNumbers.only(folder.resolve("memory.limit_in_bytes"), 0);
    return bytes >= LIMIT_NONE_FROM ? 0 : bytes;
  }
}
