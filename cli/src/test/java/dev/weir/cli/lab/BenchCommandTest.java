package dev.weir.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.Ran;
import dev.weir.cli.option.ExitCode;
import dev.weir.load.calibrate.ArrivalSink;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.RunFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir bench` and `weir record` as their user meets them, without a swarm: that is tested on a
/// real one, in arch.
@Timeout(120)
class BenchCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void loadsAndRecordsTheContainersOfACadvisor() throws Exception {
    try (var sink = sink();
        var cadvisor = new Cadvisor()) {
      Ran ran =
          Ran.weir(
              ("bench --url %s --lamb 200 --iter 60 --seed 7 --database bm2 --runs %s"
                      + " --api_url %s/api/v1.3/subcontainers/docker/ --cadence 200ms")
                  .formatted(sink.url(), folder, cadvisor.url()));
      assertThat(ran.code()).as(ran.err()).isIn(ExitCode.OK, ExitCode.VOID);
      assertThat(ran.out()).contains("60 of 60 sent", "200 x 60", "web.1", "report: ");
    }
    RunRecord run = RunFolder.read(folder.resolve("bm2"));
    assertThat(run.requests()).hasSize(60);
    var samples = run.samples().get("web.1");
    assertThat(samples).isNotNull();
    long startNanos = run.requests().getFirst().dueNanos();
    Instant first = run.info().startedAt().plusNanos(startNanos);
    assertThat(samples.getFirst().timestamp()).as("sampled before the load").isBefore(first);
    assertThat(folder.resolve("bm2").resolve("report.html")).isNotEmptyFile();
    assertThat(run.info().facts())
        .containsEntry("database", "bm2")
        .containsKeys("sampled", "load", "target");
  }

  @Test
  void asecondRunOfANameGetsItsOwnFolder() throws Exception {
    try (var sink = sink()) {
      String line = "bench --url %s --lambda 500 --iter 5 --source none --no-report --runs %s";
      Ran.weir(line.formatted(sink.url(), folder));
      Ran.weir(line.formatted(sink.url(), folder));
    }
    assertThat(folder.resolve("bench").resolve("run.json")).exists();
    assertThat(folder.resolve("bench-2").resolve("run.json")).exists();
  }

  @Test
  void recordsWithoutALoad() throws Exception {
    try (var cadvisor = new Cadvisor()) {
      Ran ran =
          Ran.weir(
              "bench --simulate-load False --duration 1s --cadence 100ms --database d --runs %s --api-url %s --graphics %s"
                  .formatted(folder, cadvisor.url(), folder.resolve("graphics")));
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
    }
    RunRecord run = RunFolder.read(folder.resolve("d"));
    assertThat(run.requests()).isEmpty();
    assertThat(run.samples().get("web.1")).hasSizeGreaterThan(3);
    assertThat(folder.resolve("graphics").resolve("d_cpu_web.1.png")).isNotEmptyFile();
    assertThat(folder.resolve("graphics").resolve("d_memory_web.1.png")).isNotEmptyFile();
  }

  @Test
  void mistakesAreReportedTogetherAndLeaveNoFolder() {
    Ran ran = Ran.weir("bench --lambda -4 --fail-if nonsense --runs " + folder);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--service, --url: none", "--lambda: -4", "--fail-if")
        .doesNotContain("\tat ");
    assertThat(folder).isEmptyDirectory();
  }

  /// A node without samples is named, and an empty recording fails.
  @Test
  void whoNeverResponsesIsReportedAndIsNoSuccess() {
    Ran ran =
        Ran.weir(
            "record --duration 1s --cadence 100ms --database silent --api-url http://127.0.0.1:1 --runs "
                + folder);
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err())
        .contains("cadvisor on ", "cannot connect", "no sample came of ")
        .doesNotContain("\tat ");
  }

  @Test
  void aLoadThatCannotBeSentLeavesNoFolder() {
    Ran ran =
        Ran.weir(
            "bench --url http://127.0.0.1:1/ --lambda 5 --iter 2 --source none --runs " + folder);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--url");
    assertThat(folder).isEmptyDirectory();
  }

  /// One line reports a chart that cannot be written; everything else is there.
  @Test
  void anOutputThatCannotBeWrittenKeepsNobodyFromTheOthers() throws Exception {
    Path file = Files.writeString(folder.resolve("graphics"), "a file");
    try (var cadvisor = new Cadvisor()) {
      Ran ran =
          Ran.weir(
              "record --duration 1s --cadence 100ms --database full --runs %s --api-url %s --graphics %s"
                  .formatted(folder, cadvisor.url(), file));
      assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
      assertThat(ran.err())
          .contains("--graphics: could not be written")
          .doesNotContain("defect", "\tat ");
    }
    assertThat(folder.resolve("full").resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void withoutAnEngineItIsSaidWhatElseThereIs() {
    Ran ran =
        Ran.weir(
            "bench --url http://127.0.0.1:1/ --lambda 5 --host unix:///nowhere/docker.sock --runs "
                + folder);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("/nowhere/docker.sock", "--api-url", "--source none");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesThatADatabaseCannotHaveAreRefused() {
    Ran ran = Ran.weir("record --source none --duration 1s --database a/b --runs " + folder);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--database: a/b (expected: ");
  }

  private static ArrivalSink sink() throws IOException {
    var sink = new ArrivalSink(1000);
    Thread.ofPlatform().daemon().start(sink);
    return sink;
  }

  /// A cAdvisor of one container; its counter follows the clock.
  private static final class Cadvisor implements AutoCloseable {
    private final HttpServer server;
    private final AtomicLong count = new AtomicLong();

    Cadvisor() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] page = page().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
          });
      server.start();
    }

    private String page() {
      return """
      {"/docker/%s":{"spec":{"aliases":["web.1"]},"stats":[{"timestamp":"%s",
       "cpu":{"usage":{"total":%d}},"memory":{"usage":52428800,"working_set":41943040}}]}}
      """
          .formatted("ab".repeat(32), Instant.now(), count.addAndGet(50_000_000));
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
