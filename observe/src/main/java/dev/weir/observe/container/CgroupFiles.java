package dev.weir.observe.container;

import dev.weir.base.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The control groups of Docker's containers, in either version of Linux's interface.
///
/// A container whose group cannot be found may still run: under its own choice of parent, or in a
/// rootless engine. Then only the engine knows its usage.
public sealed interface CgroupFiles permits CgroupV1, CgroupV2 {
  /// Where Linux shows them.
  Path ROOT = Path.of("/sys/fs/cgroup");

  /// The containers with a group, by id, including those of other engines on the same kernel.
  Set<String> ids();

  /// A container's usage; empty if it has no group, or no longer.
  Optional<ContainerUsage> read(String id);

  /// The files under a folder, in either version. Version 1 wins if both are mounted, because it
  /// then has the relevant controllers.
  ///
  /// @throws UserError if these are no control groups
  static CgroupFiles under(Path root) {
    Optional<Path> cpuacct =
        List.of("cpuacct", "cpu,cpuacct", "cpuacct,cpu").stream()
            .map(root::resolve)
            .filter(Files::isDirectory)
            .findFirst();
    if (cpuacct.isPresent()) {
      return new CgroupV1(cpuacct.get(), root.resolve("memory"));
    }
    if (Files.exists(root.resolve("cgroup.controllers"))) {
      return new CgroupV2(root);
    }
    throw new UserError(
        "--cgroups: %s holds no control groups (expected: the node's /sys/fs/cgroup; in a container,"
                .formatted(root)
            + " mount the node's /sys read-only and name it)");
  }
}
