package dev.weir.observe.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control groups of both versions, under both of Docker's drivers.
final class CgroupFilesTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final ContainerUsage V1 =
      new ContainerUsage(
          3_534_123_456L, 3_120_000_000L, 410_000_000L, 52_428_800, 39_845_888, 134_217_728);

  @TempDir private Path folder;

  @Test
  void readsVersion1UnderTheCgroupfsDriver() {
    CgroupFiles files = new CgroupTree(folder).v1("docker/" + ID, 3_534_123_456L).files();
    assertThat(files.ids()).containsExactly(ID);
    assertThat(files.read(ID)).contains(V1);
  }

  @Test
  void readsVersion1UnderTheSystemdDriver() {
    CgroupFiles files =
        new CgroupTree(folder).v1("system.slice/docker-" + ID + ".scope", 3_534_123_456L).files();
    assertThat(files.ids()).containsExactly(ID);
    assertThat(files.read(ID)).contains(V1);
  }

  @Test
  void readsVersion2UnderEitherDriver() {
    var expected =
        new ContainerUsage(3_534_123_000L, 3_120_000_000L, 410_000_000L, 52_428_800, 39_845_888, 0);
    String other = ID.replace('0', 'f');
    CgroupFiles files =
        new CgroupTree(folder)
            .v2("system.slice/docker-" + ID + ".scope", 3_534_123)
            .v2("docker/" + other, 3_534_123)
            .file("system.slice/ssh.service/cpu.stat", "usage_usec 1\n")
            .files();
    assertThat(files.ids()).containsExactlyInAnyOrder(ID, other);
    assertThat(files.read(ID)).contains(expected);
    assertThat(files.read(other)).contains(expected);
  }

  @Test
  void memoryThatIsNotCountedIsUnknown() {
    CgroupFiles files =
        new CgroupTree(folder)
            .file("cgroup.controllers", "cpu\n")
            .file("docker/" + ID + "/cpu.stat", "usage_usec 7\n")
            .files();
    assertThat(files.read(ID)).contains(new ContainerUsage(7_000, -1, -1, -1, -1, 0));
  }

  @Test
  void noLimitOfVersion1IsNone() {
    CgroupFiles files =
        new CgroupTree(folder)
            .v1("docker/" + ID, 1)
            .file("memory/docker/" + ID + "/memory.limit_in_bytes", "9223372036854771712\n")
            .files();
    assertThat(files.read(ID).orElseThrow().memoryLimitBytes()).isZero();
  }

  @Test
  void aContainerThatEndedIsEmpty() {
    var tree = new CgroupTree(folder).v1("docker/" + ID, 1);
    assertThat(tree.files().read(ID.replace('0', '1'))).isEmpty();
    // Its folder is there still, its files are not: so it looks halfway through the removal.
    tree.file("cpuacct/docker/" + ID.replace('0', '2') + "/notify_on_release", "0\n");
    assertThat(tree.files().read(ID.replace('0', '2'))).isEmpty();
  }

  @Test
  void aFolderWithoutGroupsIsRefused() {
    assertThatThrownBy(() -> CgroupFiles.under(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--cgroups: " + folder)
        .hasMessageContaining("expected: the node's /sys/fs/cgroup");
  }

  /// The kernel's own files, whichever version this machine has: what this process burns shows in
  /// its group.
  @Test
  void readsThisKernelsOwnFiles() throws Exception {
    ContainerUsage before = own();
    long cpuBefore = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    long spent = 0;
    double sink = 0;
    while (spent < 200_000_000) {
      for (int i = 1; i < 1_000_000; i++) {
        sink += Math.sqrt(i);
      }
      spent = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpuBefore;
    }
    ContainerUsage after = own();
    assertThat(sink).isPositive();
    assertThat(after.cpuTotalNanos() - before.cpuTotalNanos())
        .as("CPU of the group of a process that used %d ns", spent)
        .isGreaterThan(spent * 8 / 10);
    assertThat(after.cpuUserNanos()).isGreaterThanOrEqualTo(before.cpuUserNanos());
  }

  private static ContainerUsage own() throws Exception {
    Path v1 = CgroupFiles.ROOT.resolve("cpuacct");
    Optional<ContainerUsage> usage =
        Files.isDirectory(v1)
            ? CgroupV1.read(
                group(v1, "cpuacct"),
                Optional.of(group(CgroupFiles.ROOT.resolve("memory"), "memory")))
            : CgroupV2.read(group(CgroupFiles.ROOT, ""));
    return usage.orElseThrow();
  }

  /// This process's group in a hierarchy; its root where the group lies outside of what is mounted.
  private static Path group(Path root, String controller) throws Exception {
    return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> java.util.List.of(fields[1].split(",")).contains(controller))
        .map(fields -> root.resolve(fields[2].substring(1)))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(root);
  }
}
