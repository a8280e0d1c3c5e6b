package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.cli.Ran;
import dev.weir.cli.option.ExitCode;
import dev.weir.load.calibrate.ArrivalSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run with missing records says so above its figures, and fails.
@Timeout(120)
class LostRecordsTest {
  private static final int REQUESTS = 8_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void aDiskThatFillsUpMeanwhileIsSaidAboveTheFigures() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "weir-test", disk.toString()) == 0,
        "a small disk can be mounted by root alone");
    try (var sink = new ArrivalSink(REQUESTS + 1_000)) {
      Thread.ofPlatform().daemon().start(sink);
      Path kept = disk.resolve("run");
      Ran ran =
          Ran.weir(
              "load --url %s --lambda 4000 --iter %d --out %s"
                  .formatted(sink.url(), REQUESTS, kept));
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.FAILED);
      assertThat(ran.out().lines().findFirst().orElseThrow())
          .matches("[0-9,]+ records of this run are missing: run folder .*No space left.*");
      Ran read = Ran.weir("report", kept.toString(), "--out", folder.resolve("r.html").toString());
      assertThat(read.out().lines().findFirst().orElseThrow())
          .matches("run: [0-9,]+ of 8,000 requests that were sent are missing from the record; .*");
      assertThat(read.out()).doesNotContain("none of 8,000 failed");
      assertThat(Files.readString(folder.resolve("r.html")))
          .containsPattern("class=\"warning\">run: [0-9,]+ of 8,000 requests");
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
