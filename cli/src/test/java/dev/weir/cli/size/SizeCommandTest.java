package dev.weir.cli.size;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.GapSampler;
import dev.weir.arrivals.Poisson;
import dev.weir.cli.Ran;
import dev.weir.cli.option.ExitCode;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `weir size` as a user types it.
final class SizeCommandTest {
  @TempDir private Path root;

  /// By the exact formula p99 is 507 ms in M/M/3 at 80 % and 299 ms in M/M/4 at 60 %.
  @Test
  void theLeastNumberIsMarkedAndExplained() {
    Ran ran = Ran.weir("size --lambda 40 --work-mean 60ms --slo p99<300ms");
    assertThat(ran.code()).isEqualTo(ExitCode.OK);
    assertThat(ran.out().lines())
        .anyMatch(line -> line.matches("3 +80 % +65 % .* 507 ms +x0\\.75"))
        .anyMatch(line -> line.matches("4 .* 299 ms +x1\\.00 <- least that keeps the promise"))
        .anyMatch(line ->
            line.matches(
                "\\d replicas: p99 is \\d+ ms, within p99<300ms; with \\d it would be .* busy\\)\\."));
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void slotsAreSharedOutAmongReplicas() {
    Ran one = Ran.weir("size --lambda 100 --work-mean 60ms --slo p99<400ms --json");
    Ran four = Ran.weir("size --lambda 100 --work-mean 60ms --slo p99<400ms --slots 4 --json");
    assertThat(one.out()).contains("\"slots\": 1", "\"replicas\": 7,");
    assertThat(four.out()).contains("\"slots\": 4", "\"replicas\": 2,");
  }

  @Test
  void aPromiseThatTheWorkBreaksIsSaidToBeOne() {
    Ran ran = Ran.weir("size --lambda 40 --work-mean 60ms --slo p99<200ms");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out())
        .contains("No number of replicas keeps p99<200ms: the work alone takes 276 ms");
  }

  @Test
  void tooFewReplicasAreSaid() {
    Ran ran = Ran.weir("size --lambda 400 --work-mean 60ms --slo p99<1s --max 20");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out()).contains("It takes 25, and --max allows no more than 20.");
    assertThat(ran.out()).contains("20 replicas do not keep p99<1s: the load exceeds");
  }

  @Test
  void moreReplicasThanThereAreNumbersAreSaid() {
    Ran ran = Ran.weir("size --lambda 1e9 --work-mean 60s --slo p99<300s --max 20");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("It takes more than 2147483646, and --max allows no more than 20.");
  }

  @Test
  void figuresBeyondAllBoundsAreNamed() {
    Ran ran =
        Ran.weir(
            "size --lambda Infinity --gap-scv Infinity --work-scv 1e300 --work-mean 60ms"
                + " --slo p99<1s");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--lambda: Infinity (expected: > 0 and <= 1000000000)")
        .contains("--gap-scv: Infinity (expected: 0 to 1000000)")
        .contains("--work-scv: 1.0E300 (expected: 0 to 1000000)");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Ran ran = Ran.weir("size --lambda 0 --slots 0 --replay");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--lambda: 0.0 (expected: > 0 and <= 1000000000)")
        .contains("--work-mean: missing")
        .contains("--slots: 0")
        .contains("--replay: on (expected: a RUN")
        .contains("--slo: missing (expected: a percentile and a time, as in p99<300ms");
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:1, cannot connect", "ftp://h, an address"})
  void aBalancerThatIsNotThereIsNamed(String address, String why) {
    Ran ran = Ran.weir("size --status " + address);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--status: " + address, why);
  }

  @Test
  void aRunIsMeasuredAndReplayed() {
    record("low", 2_000, 5);
    Ran ran =
        Ran.weir("size", "low", "--runs", root.toString(), "--lambda", "30", "--slo", "p99<400ms");
    assertThat(ran.out())
        .contains("run low: 2000 requests sent", "an upper bound", "λ=30/s", "S=59.8 ms");
    Ran replayed =
        Ran.weir("size", "low", "--runs", root.toString(), "--slo", "p99<400ms", "--replay");
    assertThat(replayed.code()).isEqualTo(ExitCode.OK);
    assertThat(replayed.out()).contains("replayed p99").containsPattern("λ=(4\\.\\d|5\\.\\d)");
  }

  @Test
  void aRunWithFewRequestsIsRefused() {
    record("short", 20, 5);
    Ran ran = Ran.weir("size", "short", "--runs", root.toString(), "--slo", "p99<400ms");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("run short: 20 requests with a response (expected: at least 100");
  }

  @ParameterizedTest
  @CsvSource({"size.svg, <svg", "size.png, PNG"})
  void aChartIsDrawn(String name, String holds) throws IOException {
    Path file = root.resolve(name);
    Ran ran =
        Ran.weir(
            "size",
            "--lambda",
            "40",
            "--work-mean",
            "60ms",
            "--slo",
            "p99<400ms",
            "--chart",
            file.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.OK);
    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains(holds);
  }

  @Test
  void aChartOfAnotherKindIsRefused() {
    Ran ran = Ran.weir("size --lambda 40 --work-mean 60ms --slo p99<1s --chart a.gif");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--chart: a.gif (expected: a file that ends in .png or .svg)");
  }

  /// Poisson arrivals and exponential durations of 60 ms.
  private void record(String name, int requests, double ratePerSecond) {
    var random = new SplittableRandom(1);
    GapSampler gaps = new Poisson(ratePerSecond).sampler(random.split());
    GapSampler work = new Poisson(1 / .06).sampler(random.split());
    var info =
        new RunInfo(name, "weir", Instant.parse("2026-11-22T10:00:00Z"), "weir load", 1, Map.of());
    try (RunWriter writer = RunFolder.create(root.resolve(name), info)) {
      double at = 0;
      for (int i = 0; i < requests; i++) {
        at += gaps.nextSeconds();
        long sent = Math.round(at * 1e9);
        long responded = sent + Math.round(work.nextSeconds() * 1e9);
        writer.request(new RequestRecord(i, sent, sent, responded, 200, 3, "web.1", ""));
      }
    }
  }
}
