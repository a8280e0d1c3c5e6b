package dev.weir.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `weir runs` over real folders.
final class RunsCommandTest {
  @TempDir private Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsRuns() {
    record("b", "2026-11-22T10:00:00Z");
    record("a", "2026-11-22T11:00:00Z");
    assertThat(weir("runs", "ls", "--runs", root.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("RUN  STARTED (UTC)"),
            line ->
                assertThat(line).matches("b    2026-11-22 10:00:00  finished  - +1 +0 +0 .*weir"),
            line -> assertThat(line).startsWith("a    2026-11-22 11:00:00  finished"));
  }

  @Test
  void listsRunsAsJson() {
    record("a", "2026-11-22T11:00:00Z");
    assertThat(weir("runs", "ls", "--json", "--runs", root.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("\"name\": \"a\"", "\"state\": \"finished\"", "\"requests\": 1")
        .contains("\"startedAt\": \"2026-11-22T11:00:00Z\"");
  }

  @Test
  void saysThatThereAreNone() {
    assertThat(weir("runs", "ls", "--runs", root.resolve("none").toString())).isEqualTo(0);
    assertThat(out.toString()).isEqualTo("no runs in %s%n".formatted(root.resolve("none")));
  }

  @Test
  void showsARunByNameOrPath() {
    record("a", "2026-11-22T11:00:00Z");
    assertThat(weir("runs", "show", "a", "--runs", root.toString())).isEqualTo(ExitCode.OK);
    assertThat(weir("runs", "show", root.resolve("a").toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("state        finished", "seed         7", "kept         1 requests, 0 samples")
        .contains("command      weir load", "policy       weir");
  }

  @Test
  void namesAnUnknownRun() {
    assertThat(weir("runs", "show", "nothing", "--runs", root.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains(root.resolve("nothing") + ": does not exist")
        .hasLineCount(1);
  }

  @Test
  void deletesOnlyWhenAsked() {
    record("a", "2026-11-22T11:00:00Z");
    record("b", "2026-11-22T11:00:00Z");
    assertThat(weir("runs", "rm", "a", "--runs", root.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo(
            "weir: runs rm: no terminal to ask at (expected: --yes to delete)%n".formatted());
    assertThat(weir("runs", "rm", "a", "c", "--yes", "--runs", root.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(root.resolve("a")).exists();
    assertThat(weir("runs", "rm", "a", "--yes", "--runs", root.toString())).isEqualTo(ExitCode.OK);
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(Files.exists(root.resolve("b"))).isTrue();
  }

  private int weir(String... args) {
    CommandLine command = Weir.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private void record(String name, String startedAt) {
    var info =
        new RunInfo(
            name, "weir", Instant.parse(startedAt), "weir load", 7, Map.of("policy", "weir"));
    try (RunWriter writer = RunFolder.create(root.resolve(name), info)) {
      writer.request(new RequestRecord(0, 0, 1, 2, 200, 3, "web.1", ""));
    }
  }
}
