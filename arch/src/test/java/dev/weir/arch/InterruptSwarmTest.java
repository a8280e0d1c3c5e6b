package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.RunFolder;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a real swarm does to `weir bench` and `weir compare` in mid-run, and what Ctrl-C leaves.
@Timeout(600)
final class InterruptSwarmTest {
  private static final int INTERRUPTED = 130;

  @TempDir private Path folder;

  /// A node that gets its agent back while a run is recorded is sampled from then on; Ctrl-C ends
  /// the run in order, with its page.
  @Test
  void aNodeThatJoinsABenchIsSampledAndCtrlCLeavesAWholeRun() throws Exception {
    Testbed testbed = Testbed.shared();
    String agent = Testbed.REGISTRY + "/weir:latest";
    try {
      weir("monitor", "start", "--agent-image", agent, "--without", "cadvisor", "--wait", "180s");
      testbed.docker("node", "update", "--availability", "drain", "w2");
      testbed.await(
          "w2 has no agent",
          60,
          () -> testbed.docker("node", "ps", "--filter", "desired-state=running", "-q", "w2"),
          String::isBlank);
      String url = "http://%s/v2/".formatted(Testbed.REGISTRY);
      try (WeirProcess bench =
          testbed.weir(
              folder,
              "bench",
              "--url",
              url,
              "--lambda",
              "20",
              "--duration",
              "5m",
              "--out",
              "run")) {
        bench.awaitError("w2 is not sampled: no agent: no task there: drain");
        testbed.docker("node", "update", "--availability", "active", "w2");
        bench.awaitError("w2 (agent) is sampled from now on");
        testbed.await("w2 is recorded", 60, this::recorded, samples -> samples.contains("\"w2\""));
        bench.interrupt();
        String said = bench.awaitEnd();
        assertThat(bench.exitCode()).as(said).isEqualTo(INTERRUPTED);
        assertThat(said).contains("report: ");
      }
    } finally {
      testbed.docker("node", "update", "--availability", "active", "w2");
      weir("monitor", "stop");
    }
    assertThat(folder.resolve("run/report.html")).isNotEmptyFile();
    RunRecord run = RunFolder.read(folder.resolve("run"));
    assertThat(run.events())
        .extracting(RunEvent::kind)
        .contains("node-not-sampled", "node-sampled", "load-ended")
        .doesNotContain(RunFolder.CUT_OFF);
    assertThat(run.samples().values())
        .flatExtracting(samples -> samples.stream().map(ContainerSample::node).distinct().toList())
        .contains("m1", "w1", "w2");
  }

  /// Weir puts back what it varied at once, in the midst of a trial too.
  @Test
  void ctrlCPutsTheServiceOfAComparisonBack() throws Exception {
    Testbed testbed = Testbed.shared();
    String name = "varied";
    try {
      testbed.docker(
          "service",
          "create",
          "--detach",
          "--name",
          name,
          "--constraint",
          "node.role==worker",
          "--publish",
          "mode=host,target=8080,published=8099",
          "--env",
          "WORK_MILLIS=5",
          Testbed.REGISTRY + "/weir-primecheck");
      testbed.await("it runs", 60, () -> tasks(name), rows -> rows.lines().count() == 1);
      String node = tasks(name).contains("w1") ? "198.18.0.21" : "198.18.0.22";
      String url = "http://%s:8099/health".formatted(node);
      try (WeirProcess compare =
          testbed.weir(
              folder,
              "compare",
              "--service",
              name,
              "--replica-counts",
              "1,2",
              "--url",
              url,
              "--lambda",
              "5",
              "--duration",
              "2s",
              "--no-predict",
              "--out",
              "compared")) {
        testbed.await("it is varied", 120, () -> replicas(name), "2"::equals);
        compare.interrupt();
        String said = compare.awaitEnd();
        assertThat(compare.exitCode()).as(said).isEqualTo(INTERRUPTED);
        assertThat(said).contains("varied is put back as it was found");
      }
      assertThat(replicas(name)).isEqualTo("1");
    } finally {
      testbed.docker("service", "rm", name);
    }
  }

  private String recorded() throws IOException {
    RealTime.pass(Duration.ofMillis(200)); // between two looks
    var samples = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("run/samples"))) {
      for (Path file : files.toList()) {
        samples.append(Files.readString(file));
      }
    }
    return samples.toString();
  }

  private static String tasks(String service) throws Exception {
    return Testbed.shared()
        .docker(
            "service",
            "ps",
            service,
            "--format",
            "{{.Node}} {{.CurrentState}}",
            "-f",
            "desired-state=running")
        .lines()
        .filter(line -> line.contains("Running"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static String replicas(String service) throws Exception {
    return Testbed.shared()
        .docker("service", "inspect", service, "--format", "{{.Spec.Mode.Replicated.Replicas}}")
        .strip();
  }

  private void weir(String... args) throws Exception {
    try (WeirProcess process = Testbed.shared().weir(folder, args)) {
      String said = process.awaitEnd();
      assertThat(process.exitCode()).as(said).isZero();
    }
  }
}
