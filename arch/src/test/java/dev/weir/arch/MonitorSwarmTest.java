package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `weir monitor` and `weir top` on the real swarm of the testbed, with the images that
/// `testbed/images` builds.
@Timeout(600)
class MonitorSwarmTest {
  private static final Pattern ROW =
      Pattern.compile(
          "\"node\": \"(\\w+)\",\\s+\"container\": \"([^\"]+)\",\\s+\"id\": \"([0-9a-f]{64})\""
              + "[^}]*\"cpuTotalNanos\": ([0-9]+)");

  @Test
  void everyNodeIsSeenAndNothingIsLeft() throws Exception {
    Testbed testbed = Testbed.shared();
    String before = left();
    try {
      String started =
          weir(
              "monitor",
              "start",
              "--agent-image",
              Testbed.REGISTRY + "/weir:latest",
              "--cadvisor-image",
              Testbed.REGISTRY + "/cadvisor:latest",
              "--wait",
              "180s");
      assertThat(started).contains("m1 ", "w1 ", "w2 ").doesNotContain("no response");
      Map<String, Long> earlier = counters();
      String top = weir("top", "--once", "--json", "--timeout", "20s");
      Map<String, Long> later = counters();
      List<MatchResult> rows = ROW.matcher(top).results().toList();
      assertThat(rows).extracting(row -> row.group(1)).contains("m1", "w1", "w2");
      assertThat(rows.stream().filter(row -> row.group(2).startsWith("weir-cadvisor"))).hasSize(3);
      for (MatchResult row : rows) {
        // The sample is at most a second old, so hardly below the counter read now.
        long cpuNanos = Long.parseLong(row.group(4));
        assertThat((double) cpuNanos)
            .as(row.group(2))
            .isBetween(
                0.98 * earlier.getOrDefault(row.group(3), 0L) - 1e9,
                1.02 * later.getOrDefault(row.group(3), Long.MAX_VALUE));
      }
    } finally {
      weir("monitor", "stop");
    }
    // A network goes when the last container has left it.
    testbed.await("nothing is left", 60, MonitorSwarmTest::left, before::equals);
  }

  /// What the kernel itself has counted for each container of all nodes.
  private static Map<String, Long> counters() throws IOException {
    var counters = new TreeMap<String, Long>();
    Path v1 = Path.of("/sys/fs/cgroup/cpuacct");
    Path root = Files.isDirectory(v1) ? v1 : Path.of("/sys/fs/cgroup");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        String name = folder.getFileName().toString();
        if (name.matches("[0-9a-f]{64}")) {
          counters.put(name, nanos(folder));
        }
      }
    }
    return counters;
  }

  private static long nanos(Path folder) throws IOException {
    Path usage = folder.resolve("cpuacct.usage");
    return Files.exists(usage)
        ? Long.parseLong(Files.readString(usage).strip())
        : 1_000 * Long.parseLong(Files.readString(folder.resolve("cpu.stat")).split("\\s+", 3)[1]);
  }

  private static String left() throws Exception {
    String ours = "label=dev.weir.monitor";
    Testbed testbed = Testbed.shared();
    return testbed.docker("service", "ls", "-q", "-f", ours)
        + testbed.docker("secret", "ls", "-q", "-f", ours)
        + testbed.docker("network", "ls", "-q", "-f", ours);
  }

  private static String weir(String... args) throws Exception {
    var command = new ArrayList<String>();
    command.add("client");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.cli.Weir"));
    command.addAll(List.of(args));
    return Testbed.shared().run("exec", command.toArray(String[]::new));
  }
}
