package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The testbed end to end: a swarm of three nodes comes up, runs primecheck from the registry,
/// loses a node and gets it back, and is gone without a trace.
@Timeout(600)
class TestbedTest {
  private static final int PORT = 8080;

  @BeforeAll
  static void onlyWhereItCanBe() {
    Testbed.assumePossible();
  }

  @Test
  void aSwarmComesUpServesLosesANodeAndLeavesNothing() throws Exception {
    Set<String> before = traces();
    Set<String> namespaces;
    Path state;
    try (var testbed = Testbed.up(2)) {
      state = testbed.state();
      assertThat(nodes(testbed)).containsExactly("m1 Ready", "w1 Ready", "w2 Ready");
      assertThat(testbed.run("up")).as("once more").contains("3 nodes Ready");
      namespaces = namespacesOf(state);
      assertThat(namespaces).as("hub and three nodes").hasSize(4);

      serve(testbed);
      for (int last : List.of(11, 21, 22)) {
        awaitServing(testbed, last);
      }
      loseAndRegain(testbed);
    }
    assertThat(state).doesNotExist();
    assertThat(namespacesOf(state)).isEmpty();
    assertThat(openNamespaces()).doesNotContainAnyElementsOf(namespaces);
    assertThat(traces()).isSubsetOf(before);
  }

  @Test
  void mistakesAreOneLineEach() throws Exception {
    try (var testbed = Testbed.down()) {
      assertOneLine(testbed.attempt("up", "--workers", "many"), "--workers: many (expected: ");
      assertOneLine(testbed.attempt("up", "--frob"), "--frob: unknown (expected: ");
      assertOneLine(testbed.attempt("env"), "no testbed is up in ");
      assertOneLine(testbed.attempt("node", "kick", "w1"), "kick: unknown (expected: ");
      assertOneLine(testbed.attempt("exec", "client"), "nothing to run (expected: ");
      assertOneLine(testbed.attempt("images", "nginx"), "nginx: unknown (expected: ");
      assertThat(testbed.attempt("status").exitCode()).isEqualTo(3);
    }
  }

  @Test
  void everyCommandHasHelpWithExamples() throws Exception {
    try (var testbed = Testbed.down()) {
      for (String command : List.of("up", "down", "status", "env", "exec", "node", "images")) {
        assertThat(testbed.run(command, "--help")).contains("testbed/" + command, "Examples:");
      }
    }
  }

  private static void serve(Testbed testbed) throws Exception {
    Path built = Sources.root().resolve("cli/target/weir");
    if (Files.exists(built.resolve("weir.jar"))) {
      testbed.run("images", "--dist", built.toString(), "primecheck");
    } else {
      testbed.run("images", "primecheck");
    }
    testbed.docker("network", "create", "--driver", "overlay", "tb");
    testbed.docker(
        "service",
        "create",
        "--quiet",
        "--detach",
        "--name",
        "check",
        "--mode",
        "global",
        "--network",
        "tb",
        "--endpoint-mode",
        "dnsrr",
        "--publish",
        "mode=host,target=8080,published=" + PORT,
        Testbed.REGISTRY + "/weir-primecheck");
  }

  /// A dead node is seen after three heartbeats, by default of five seconds each.
  private static void loseAndRegain(Testbed testbed) throws Exception {
    testbed.docker("swarm", "update", "--dispatcher-heartbeat", "1s");
    testbed.run("node", "kill", "w1");
    testbed.await("w1 is seen dead", 40, () -> nodes(testbed) + "", s -> s.contains("w1 Down"));
    assertThat(testbed.get("198.18.0.21", PORT, "/health")).isEmpty();
    awaitServing(testbed, 22);
    assertThat(testbed.attempt("status").exitCode()).isEqualTo(1);
    testbed.run("node", "start", "w1");
    testbed.await("w1 is back", 40, () -> nodes(testbed) + "", s -> s.contains("w1 Ready"));
    awaitServing(testbed, 21);
    assertThat(testbed.run("status")).contains("w1     198.18.0.21    on       Ready");
  }

  private static void awaitServing(Testbed testbed, int last) throws Exception {
    String address = "198.18.0." + last;
    testbed.await(
        address + " serves",
        90,
        () -> testbed.get(address, PORT, "/health"),
        s -> s.endsWith("ok"));
  }

  private static List<String> nodes(Testbed testbed) throws Exception {
    String format = "{{.Hostname}} {{.Status}}";
    return testbed.docker("node", "ls", "--format", format).lines().sorted().toList();
  }

  private static void assertOneLine(Testbed.Result result, String start) {
    assertThat(result.said()).startsWith("testbed: " + start).hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  /// What a testbed could leave on this machine: links, firewall rules, mounts and named
  /// namespaces.
  private static Set<String> traces() throws Exception {
    var traces = new TreeSet<String>();
    for (Path folder : List.of(Path.of("/sys/class/net"), Path.of("/run/netns"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries.map(Path::toString).forEach(traces::add);
        }
      }
    }
    Files.readAllLines(Path.of("/proc/mounts")).stream()
        .filter(line -> line.contains("weir") || line.contains("nsfs"))
        .forEach(traces::add);
    if (Files.exists(Path.of("/usr/sbin/iptables"))) {
      Process rules = new ProcessBuilder("/usr/sbin/iptables", "-S").start();
      rules.inputReader().lines().forEach(traces::add);
    }
    return traces;
  }

  /// The network namespaces of the testbed's own processes.
  private static Set<String> namespacesOf(Path state) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(state + "/"))
        .filter(process -> !process.info().commandLine().orElse("").startsWith("/usr/bin/unshare"))
        .map(TestbedTest::namespace)
        .collect(Collectors.toSet());
  }

  private static Set<String> openNamespaces() {
    return ProcessHandle.allProcesses().map(TestbedTest::namespace).collect(Collectors.toSet());
  }

  private static String namespace(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/net")).toString();
    } catch (IOException _) {
      return "of a process that has ended";
    }
  }
}
