package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir compare` with real processes: two policies, two rounds, and nothing left behind.
@Timeout(180)
class CompareEndToEndTest {
  @TempDir private Path folder;

  @Test
  void everyPolicyRunsOnceARoundOnTheSameSchedule() throws Exception {
    try (var compare = start("2s", "--json", "c.json")) {
      compare.awaitError("round 1 of 2");
      List<ProcessHandle> children = compare.children();
      String said = compare.awaitEnd();
      assertThat(compare.exitCode()).as(said).isIn(0, 3); // 3: this machine stalled the sender
      assertThat(said).contains("p99 ratio", "round 2 of 2, weir", "simulated", "--seed 7");
      WeirProcess.awaitGone(children);
    }
    for (int round = 1; round <= 2; round++) {
      assertThat(dueTimes(round + "-weir")).isNotEmpty().isEqualTo(dueTimes(round + "-random"));
    }
    assertThat(dueTimes("1-weir")).isNotEqualTo(dueTimes("2-weir"));
    assertThat(folder.resolve("c/compare.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("c/compare.html"))).contains("<svg", "All 4 runs");
    assertThat(Files.readString(folder.resolve("c.json"))).contains("\"simulatedRatio\"");
  }

  @Test
  void ctrlCKeepsWhatWasRecorded() throws Exception {
    try (var compare = start("8s")) {
      compare.awaitError("round 1 of 2");
      compare.awaitError("sent"); // well into the first run
      List<ProcessHandle> children = compare.children();
      compare.interrupt();
      String said = compare.awaitEnd();
      assertThat(compare.exitCode()).as(said).isEqualTo(130);
      assertThat(said).contains("interrupted; what was recorded is in");
      WeirProcess.awaitGone(children);
    }
  }

  private WeirProcess start(String duration, String... more) throws Exception {
    var args =
        new ArrayList<>(
            List.of("compare", "--policies", "weir,random", "--rounds", "2", "--no-aa"));
    args.addAll(List.of("--replicas", "2", "--seed", "7", "--duration", duration));
    args.addAll(List.of("--out", folder.resolve("c") + ""));
    args.addAll(List.of(more));
    return WeirProcess.start(folder, args.toArray(String[]::new));
  }

  /// The gaps between due times: a run's clock begins a little before its load.
  private List<Long> dueTimes(String run) throws Exception {
    try (var lines = Files.lines(folder.resolve("c").resolve(run).resolve("requests.csv"))) {
      List<Long> due =
          lines.skip(1).map(line -> Long.valueOf(line.split(",", -1)[1])).sorted().toList();
      return due.stream().map(nanos -> nanos - due.getFirst()).toList();
    }
  }
}
