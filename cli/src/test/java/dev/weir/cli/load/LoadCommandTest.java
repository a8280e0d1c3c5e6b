package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Ran;
import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import dev.weir.load.calibrate.ArrivalSink;
import dev.weir.testing.ControlC;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `weir load` as its user meets it: real servers, real files, real signals.
@Timeout(120)
class LoadCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theTutorialsSpellingSendsAndSums() throws Exception {
    try (var sink = sink()) {
      Ran ran =
          Ran.weir(
              "load --url %s --time-dist poisson --lamb 400 --iter 30 --seed 7"
                  .formatted(sink.url()));
      assertThat(ran.code()).as(ran.err()).isIn(ExitCode.OK, ExitCode.VOID);
      assertThat(ran.out())
          .contains("latency (from due)")
          .contains("200 x 30")
          .contains("replicas      sink x 30")
          .contains("30 of 30 sent")
          .contains("asked for poisson(lambda=400")
          .contains("weir load --url " + sink.url());
    }
  }

  @Test
  void filesHoldTheRun() throws Exception {
    Path json = folder.resolve("r.json");
    Path csv = folder.resolve("r.csv");
    Path hdr = folder.resolve("r.hdr");
    try (var sink = sink()) {
      Ran ran =
          Ran.weir(
              "load --url %s --lambda 500 --iter 50 --json %s --csv %s --hdr %s"
                  .formatted(sink.url(), json, csv, hdr));
      assertThat(ran.code()).as(ran.err()).isIn(ExitCode.OK, ExitCode.VOID);
    }
    assertThat(Files.readString(json))
        .startsWith("{\n  \"command\": \"weir load --url")
        .contains("\"verdict\": \"", "\"requests\": 50", "\"200\": 50", "--seed")
        .endsWith("}\n");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(51);
    assertThat(lines.getFirst()).startsWith("number,due_ns,sent_ns,answered_ns");
    assertThat(lines.get(1)).startsWith("0,").endsWith(",200,2,sink,");
    assertThat(Files.readString(hdr))
        .contains("#[Histogram log format version 1.3]", "Tag=lag,", "HISTF");
  }

  @Test
  void jsonOnStandardOutputIsAlone() throws Exception {
    try (var sink = sink()) {
      Ran ran = Ran.weir("load --url %s --lambda 500 --iter 5 --json -".formatted(sink.url()));
      assertThat(ran.out()).startsWith("{\n").endsWith("}\n");
      assertThat(ran.err()).contains("latency (from due)");
    }
  }

  @Test
  void aThresholdThatIsCrossedHasItsExitCode() throws Exception {
    var count = new AtomicInteger();
    try (var server = halfBad(count)) {
      String url = "http://localhost:%d/".formatted(server.getLocalPort());
      Ran ran =
          Ran.weir("load --url %s --lambda 100 --iter 20 --fail-if errors>1%%".formatted(url));
      assertThat(ran.out()).contains("200 x 10, 500 x 10").contains("10 (50.0 %)");
      assertThat(ran.err()).contains("--fail-if errors>1%: errors is 50.0 %");
      assertThat(ran.code()).as(ran.out()).isIn(ExitCode.THRESHOLD, ExitCode.VOID);
    }
  }

  @Test
  void aDiskThatIsFullIsKnownBeforeTheRun() throws Exception {
    try (var sink = sink()) {
      for (String option : List.of("--json", "--csv", "--hdr")) {
        Ran ran = Ran.weir("load --url %s --lambda 100 %s /dev/full".formatted(sink.url(), option));
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains(option + ": /dev/full cannot be written");
        assertThat(ran.err().lines()).hasSize(1);
      }
      Ran ran = Ran.weir("load --url %s --lambda 9 --csv /no/such/r.csv".formatted(sink.url()));
      assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("--csv: /no/such/r.csv");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lambda -4 | --lambda",
        "--time-dist bogus --lambda 4 | bogus",
        "--lambda 4 --fail-if p99>fast | --fail-if: p99>fast (expected: such as",
        "--lambda 4 --timeout 0s | --timeout",
        "--lambda 4 --connections 0 | --connections: 0 (expected: 1 to",
        "--lambda 4 --header nonsense | --header: *** (expected: 'Name: value'",
        "--lambda 4 --body @/no/such | --body: @/no/such",
        "--lambda 4 | --url: http://localhost:PORT cannot be reached"
      })
  void badInputIsOneLineAndNothingIsSent(String options, String expected) throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Ran ran = Ran.weir("load --url http://localhost:%d %s".formatted(port, options));
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(expected.replace("PORT", Integer.toString(port)));
    assertThat(ran.err().lines().filter(line -> !line.startsWith("Try '"))).hasSize(1);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void controlCEndsWithTheReport() throws Exception {
    try (var sink = sink()) {
      Process weir =
          child("load", "--url", sink.url(), "--lambda", "50", "--duration", "60s", "--hdr", "-");
      try (InputStream out = weir.getInputStream();
          InputStream err = weir.getErrorStream()) {
        // The log's head is there before the first request; its end comes after the report.
        assertThat(out.read()).isEqualTo('#');
        readUntil(err, "arrivals");
        awaitArrivals(sink);
        new ProcessBuilder("kill", "-INT", Long.toString(weir.pid())).start().waitFor();
        assertThat(weir.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(weir.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(new String(err.readAllBytes(), StandardCharsets.UTF_8))
            .contains("stopped after");
        assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).contains("HISTF");
      } finally {
        weir.destroyForcibly();
      }
    }
  }

  @Test
  void calibrationCountsWhatArrived() throws Exception {
    Process weir = child("calibrate", "--lambda", "400", "--iter", "200");
    try (InputStream out = weir.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(weir.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said).contains("arrived at the server     200 of 200").contains("bare loop");
    } finally {
      weir.destroyForcibly();
    }
  }

  /// A file is a value: its lines are no arguments, and those that begin with # are part of it.
  @ParameterizedTest
  @ValueSource(strings = {"--body @%s", "--body=@%s"})
  void aBodyFromAFileArrivesAsItIs(String option) throws Exception {
    Path body = Files.writeString(folder.resolve("b.txt"), "# heading\n--iter 9\n'x\n");
    var seen = new LinkedBlockingQueue<String>();
    try (var server = closing(seen)) {
      Ran ran =
          Ran.weir(
              "load --url http://127.0.0.1:%d/ --lambda 500 --iter 3 %s"
                  .formatted(server.getLocalPort(), option.formatted(body)));
      assertThat(ran.out()).as(ran.err()).contains("3 of 3 sent");
      assertThat(seen)
          .isNotEmpty()
          .allMatch(text -> text.endsWith("\r\n\r\n# heading\n--iter 9\n'x\n"));
    }
  }

  @Test
  void whatWasNotMeasuredIsNull() throws Exception {
    Path json = folder.resolve("n.json");
    try (var server = closing(new LinkedBlockingQueue<>())) {
      Ran ran =
          Ran.weir(
              "load --url http://127.0.0.1:%d/ --lambda 500 --iter 3 --json %s"
                  .formatted(server.getLocalPort(), json));
      assertThat(ran.out()).as(ran.err()).contains("no request got a response");
    }
    String text = Files.readString(json);
    String latency = text.substring(text.indexOf("latencyNanos"), text.indexOf("lagNanos"));
    assertThat(latency)
        .contains("\"count\": 0", "\"min\": null", "\"mean\": null", "\"max\": null")
        .containsPattern("\"p99\": null")
        .doesNotContainPattern("\"p[0-9.]+\": [0-9]");
    assertThat(text.substring(text.indexOf("lagNanos"))).containsPattern("\"p99\": [0-9]");
  }

  /// Reads each request, and closes the connection without a response.
  private static ServerSocket closing(Queue<String> seen) throws IOException {
    var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              try (Socket socket = server.accept()) {
                byte[] bytes = new byte[4096];
                int count = socket.getInputStream().read(bytes);
                if (count > 0) {
                  seen.add(new String(bytes, 0, count, StandardCharsets.UTF_8));
                }
              }
            }
          } catch (IOException _) {
            // Closed by the test.
          }
        });
    return server;
  }

  private static void awaitArrivals(ArrivalSink sink) {
    while (sink.arrived() < 5) {
      Thread.onSpinWait();
    }
  }

  private static void readUntil(InputStream in, String word) throws IOException {
    var said = new StringBuilder();
    while (said.indexOf(word) < 0) {
      int b = in.read();
      assertThat(b).as(said.toString()).isNotNegative();
      said.append((char) b);
    }
  }

  private static ArrivalSink sink() throws IOException {
    var sink = new ArrivalSink(1000);
    Thread.ofPlatform().daemon().start(sink);
    return sink;
  }

  private static Process child(String... arguments) throws IOException {
    var command = new ArrayList<>(ControlC.heeded());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Weir.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static ServerSocket halfBad(AtomicInteger count) throws IOException {
    var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket socket = server.accept();
              Thread.ofVirtual().start(() -> respond(socket, count));
            }
          } catch (IOException _) {
            // Closed by the test.
          }
        });
    return server;
  }

  private static void respond(Socket socket, AtomicInteger count) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      int last = 0;
      int b = in.read();
      while (b >= 0) {
        last = last << 8 | (b & 0xff);
        if (last == 0x0d0a0d0a) {
          String status = count.getAndIncrement() % 2 == 0 ? "200 OK" : "500 Oops";
          String response = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
          out.write(response.getBytes(StandardCharsets.US_ASCII));
        }
        b = in.read();
      }
    } catch (IOException _) {
      // The client went away.
    }
  }
}
