package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir demo` with real processes, from its first line to the last process it leaves behind: none.
@Timeout(180)
class DemoEndToEndTest {
  @TempDir private Path folder;

  @Test
  void comparesBothPoliciesOnOneScheduleAndLeavesNothingBehind() throws Exception {
    try (var demo = start("--duration", "4s", "--seed", "7")) {
      demo.awaitError("sent");
      List<ProcessHandle> children = demo.children();
      assertThat(children).as("three replicas and a balancer").hasSize(4);
      String said = demo.awaitEnd();
      assertThat(demo.exitCode()).as(said).isIn(0, 3); // 3: this machine stalled the sender
      assertThat(said).contains("round-robin", "p99", "share of replica-3", "Report: ");
      assertThat(Files.readString(report())).contains("Weir demo", "--seed 7");
      WeirProcess.awaitGone(children);
    }
    assertThat(requests("weir")).isEqualTo(requests("round-robin")).isGreaterThan(50);
    assertThat(folder.resolve("demo/weir/samples")).isDirectoryContaining("glob:**replica-3*");
  }

  @Test
  void ctrlCStopsEverythingAndKeepsWhatWasRecorded() throws Exception {
    try (var demo = start("--duration", "60s", "--seed", "7")) {
      demo.awaitError("ETA 5"); // a second or more of the minute is over
      List<ProcessHandle> children = demo.children();
      demo.interrupt();
      String said = demo.awaitEnd();
      assertThat(demo.exitCode()).as(said).isEqualTo(130);
      assertThat(said).contains("interrupted; all is stopped");
      WeirProcess.awaitGone(children);
    }
    assertRenders("weir");
  }

  @Test
  void killedOutrightItLeavesNoProcessAndARunThatRenders() throws Exception {
    try (var demo = start("--duration", "60s", "--seed", "7")) {
      demo.awaitError("ETA 4"); // ten seconds are over, so that some has reached the disk
      List<ProcessHandle> children = demo.children();
      assertThat(children).hasSize(4);
      demo.kill();
      WeirProcess.awaitGone(children);
    }
    assertRenders("weir");
    assertThat(Files.readString(folder.resolve("r.html"))).contains("cut off");
  }

  @Test
  void portsInUseAreNamedAndPassedOver() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var demo = start("--duration", "2s", "--port-base", "" + taken.getLocalPort())) {
      String said = demo.awaitError("instead");
      assertThat(said).contains("ports in use: [" + taken.getLocalPort());
      demo.kill();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("demo"), "in the way");
    try (var demo = start("--duration", "2s")) {
      String said = demo.awaitEnd();
      assertThat(demo.exitCode()).isEqualTo(2);
      assertThat(said).contains(file.toString()).doesNotContain("\tat ");
    }
  }

  private WeirProcess start(String... more) throws Exception {
    var args = new ArrayList<>(List.of("demo", "--out", folder.resolve("demo") + ""));
    args.addAll(List.of(more));
    return WeirProcess.start(folder, args.toArray(String[]::new));
  }

  private void assertRenders(String run) throws Exception {
    Path kept = folder.resolve("demo").resolve(run);
    try (var report = WeirProcess.start(folder, "report", kept + "", "--out", "r.html")) {
      String said = report.awaitEnd();
      assertThat(report.exitCode()).as(said).isZero();
    }
    assertThat(folder.resolve("r.html")).isNotEmptyFile();
  }

  private Path report() {
    return folder.resolve("demo/report.html");
  }

  private long requests(String run) throws Exception {
    try (var lines = Files.lines(folder.resolve("demo").resolve(run).resolve("requests.csv"))) {
      return lines.count() - 1;
    }
  }
}
