package dev.weir.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `weir report` and `weir charts` over real folders.
final class ReportCommandTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesThePageIntoTheRunsFolder() throws IOException {
    record("a", true);
    assertThat(weir("report", "a", "--runs", root.toString())).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(root.resolve("a/report.html"))).contains("<h1>weir</h1>");
    assertThat(out.toString()).contains("p99", "report: " + root.resolve("a/report.html"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPromiseIsRead() throws IOException {
    record("a", true);
    assertThat(weir("report", "a", "--runs", root.toString(), "--slo", "p99"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--slo", "p99", "p99<300ms");
    assertThat(weir("report", "a", "--runs", root.toString(), "--slo", "p99<300ms"))
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void comparesRuns() throws IOException {
    record("a", true);
    record("b", true);
    Path page = root.resolve("pages/ab.html");
    assertThat(
            weir(
                "report",
                "a",
                root.resolve("b").toString(),
                "--runs",
                root.toString(),
                "--out",
                page.toString(),
                "--title",
                "A & B"))
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readString(page)).contains("<h1>A &amp; B</h1>", "weir (a)", "weir (b)");
  }

  @Test
  void namesTheRunsThereAre() {
    record("a", true);
    record("b", true);
    assertThat(weir("report", "c", "--runs", root.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("weir: run c: not found (in %s there are: ".formatted(root))
        .containsPattern("a, b|b, a")
        .hasLineCount(1);
  }

  @Test
  void saysThatThereAreNoRuns() {
    assertThat(weir("charts", "c", "--metric", "cpu", "--runs", root.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("there are no runs in " + root).hasLineCount(1);
  }

  @Test
  void drawsCharts() {
    record("a", true);
    Path graphics = root.resolve("graphics");
    assertThat(
            weir(
                "charts",
                "a",
                "--metric",
                "cpu",
                "--format",
                "svg",
                "--runs",
                root.toString(),
                "--out",
                graphics.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(graphics.resolve("a_cpu_web.1.svg")).exists();
    assertThat(out.toString().lines())
        .containsExactly(
            graphics.resolve("a_cpu_web.1.svg").toString(),
            graphics.resolve("a_cpu_all.svg").toString());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysThatThereIsNothingToDraw() {
    record("a", false);
    assertThat(weir("charts", "a", "--metric", "memory", "--runs", root.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("run a holds no samples").hasLineCount(1);
  }

  private int weir(String... args) {
    CommandLine command = Weir.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private void record(String name, boolean sampled) {
    var info = new RunInfo(name, "weir", START, "weir load", 7, Map.of("policy", "weir"));
    try (RunWriter writer = RunFolder.create(root.resolve(name), info)) {
      writer.request(new RequestRecord(0, 0, 1, 2_000_000, 200, 3, "web.1", ""));
      for (int i = 0; sampled && i < 5; i++) {
        writer.sample(
            new ContainerSample("web.1", "n", START.plusSeconds(i), i * 500_000_000L, 0, 0, 9, 9));
      }
    }
  }
}
