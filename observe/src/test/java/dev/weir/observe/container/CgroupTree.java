package dev.weir.observe.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Control groups as plain files, laid out as Linux shows them.
public final class CgroupTree {
  private final Path root;

  /// A tree below a folder.
  public CgroupTree(Path root) {
    this.root = root;
  }

  /// Where it is.
  public Path root() {
    return root;
  }

  /// These as the agent reads them.
  public CgroupFiles files() {
    return CgroupFiles.under(root);
  }

  /// Writes a file with its folders.
  public CgroupTree file(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A container of version 1 that has used so much, with figures of the kind that a kernel shows.
  public CgroupTree v1(String folder, long cpuNanos) {
    return file("cpuacct/" + folder + "/cpuacct.usage", cpuNanos + "\n")
        .file("cpuacct/" + folder + "/cpuacct.stat", "user 312\nsystem 41\n")
        .file(
            "cpuacct/" + folder + "/cpuacct.usage_percpu", cpuNanos / 2 + " " + cpuNanos / 2 + "\n")
        .file("memory/" + folder + "/memory.usage_in_bytes", "52428800\n")
        .file("memory/" + folder + "/memory.limit_in_bytes", "134217728\n")
        .file(
            "memory/" + folder + "/memory.stat",
            """
            cache 20971520
            rss 31457280
            inactive_file 4096
            active_file 8192
            hierarchical_memory_limit 134217728
            total_cache 20971520
            total_inactive_file 12582912
            total_active_file 8388608
            """);
  }

  /// A container of version 2 that has used so much.
  public CgroupTree v2(String folder, long cpuMicros) {
    return file("cgroup.controllers", "cpuset cpu io memory pids\n")
        .file(
            folder + "/cpu.stat",
            "usage_usec %d\nuser_usec 3120000\nsystem_usec 410000\nnr_periods 0\n"
                .formatted(cpuMicros))
        .file(folder + "/memory.current", "52428800\n")
        .file(folder + "/memory.max", "max\n")
        .file(
            folder + "/memory.stat",
            """
            anon 31457280
            file 20971520
            inactive_anon 0
            active_anon 31457280
            inactive_file 12582912
            active_file 8388608
            """);
  }
}
