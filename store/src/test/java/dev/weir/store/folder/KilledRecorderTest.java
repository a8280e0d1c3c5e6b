package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recorder that is killed with SIGKILL loses at most the last second of the run.
final class KilledRecorderTest {
  private static final long RECORDING_MILLIS = 3_000;

  /// One second, and what a noisy machine may add.
  private static final long MISSING_MILLIS_MAX = 2_000;

  @TempDir private Path root;

  @Test
  void keepsAllButTheLastSecond() throws Exception {
    Path folder = root.resolve("killed");
    List<long[]> printed = recordAndKill(folder);
    assertThat(RunFolder.describe(folder).state()).isEqualTo(RunSummary.State.CUT_OFF);
    RunRecord record = RunFolder.read(folder);
    int kept = record.requests().size();
    assertThat(record.requests())
        .extracting(RequestRecord::number)
        .containsExactlyElementsOf(LongStream.range(0, kept).boxed().toList());
    long killedAtMillis = printed.getLast()[1];
    long firstMissingMillis =
        printed.stream()
            .filter(p -> p[0] >= kept)
            .mapToLong(p -> p[1])
            .findFirst()
            .orElse(killedAtMillis);
    assertThat(killedAtMillis - firstMissingMillis).isLessThan(MISSING_MILLIS_MAX);
    assertThat(kept).isGreaterThan(100);
    assertThat(record.samples().get("web.1")).hasSizeGreaterThan(1);
    assertThat(record.info()).isEqualTo(Records.info("killed"));
    assertThat(record.certificate()).isEmpty();
    assertThat(record.events())
        .anyMatch(e -> e.kind().equals(RunFolder.CUT_OFF))
        .noneMatch(e -> e.kind().equals(RunFolder.DAMAGED));
  }

  /// Returns what the recorder had printed: number and time, in pairs.
  private static List<long[]> recordAndKill(Path folder) throws IOException, InterruptedException {
    Process recorder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessRecorder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var printed = new ArrayList<long[]>();
    try (BufferedReader out = recorder.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        int space = line.indexOf(' ');
        printed.add(
            new long[] {
              Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1))
            });
        if (printed.getLast()[1] - printed.getFirst()[1] > RECORDING_MILLIS) {
          break;
        }
      }
      recorder.destroyForcibly();
      recorder.waitFor();
    } finally {
      recorder.destroyForcibly();
    }
    return printed;
  }
}
