package dev.weir.observe.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Version 2: one hierarchy, microseconds, and all of a group's figures in its folder.
final class CgroupV2 implements CgroupFiles {
  private static final long NANOS_PER_MICRO = 1_000;

  private final ContainerFolders folders;

  CgroupV2(Path root) {
    this.folders = new ContainerFolders(root);
  }

  @Override
  public Set<String> ids() {
    return folders.ids();
  }

  @Override
  public Optional<ContainerUsage> read(String id) {
    return folders.of(id).flatMap(CgroupV2::read);
  }

  static Optional<ContainerUsage> read(Path folder) {
    try {
      String cpu = KernelNumbers.text(folder.resolve("cpu.stat"));
      long totalMicros = KernelNumbers.after(cpu, "usage_usec", ContainerUsage.UNKNOWN);
      if (totalMicros < 0) {
        return Optional.empty();
      }
      // The root group has no memory.current; a container's may lack it if the controller is off.
      long usageBytes =
          KernelNumbers.only(folder.resolve("memory.current"), ContainerUsage.UNKNOWN);
      return Optional.of(
          new ContainerUsage(
              totalMicros * NANOS_PER_MICRO,
              nanos(KernelNumbers.after(cpu, "user_usec", ContainerUsage.UNKNOWN)),
              nanos(KernelNumbers.after(cpu, "system_usec", ContainerUsage.UNKNOWN)),
              usageBytes,
              ContainerUsage.workingSetBytes(usageBytes, inactive(folder)),
              KernelNumbers.only(folder.resolve("memory.max"), 0)));
    } catch (IOException e) {
      // The container ended between finding its folder and reading it.
      return Optional.empty();
    }
  }

  private static long nanos(long micros) {
    return micros < 0 ? ContainerUsage.UNKNOWN : micros * NANOS_PER_MICRO;
  }

  private static long inactive(Path folder) {
    try {
      return KernelNumbers.after(
          KernelNumbers.text(folder.resolve("memory.stat")), "inactive_file", 0);
    } catch (IOException e) {
      return 0;
    }
  }
}
