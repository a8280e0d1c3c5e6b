package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The process as operators meet it: what it prints, how it ends.
@Timeout(60)
class ProcessTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aSignalLetsItFinishWhatItBegan() throws Exception {
    // The ledger goes to standard output, so that we can wait for the work to begin.
    Process process = run("--port=0", "--address=127.0.0.1", "--ledger=/dev/stdout");
    try (BufferedReader out = process.inputReader()) {
      int port = port(out.readLine());
      try (var busy = new HttpConnection(port);
          var other = new HttpConnection(port)) {
        assertThat(other.get("/health").status()).isEqualTo(200);
        busy.send("GET", "/primecheck", "X-Request-Id: slow");
        assertThat(out.readLine()).startsWith("slow GET ");
        terminate(process);
        HttpConnection.Response health = other.get("/health");
        for (int i = 0; i < 100_000 && health.status() == 200; i++) {
          health = other.get("/health");
        }
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.head()).contains("connection: close");
        assertRefused(port);
        HttpConnection.Response response = busy.receive();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).matches("Time: \\d+ ms");
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  @Test
  void whatOutlastsTheGraceIsCutOffAndSaid() throws Exception {
    Process process =
        run("--port=0", "--work-millis=60000", "--grace=10ms", "--ledger=/dev/stdout");
    try (BufferedReader out = process.inputReader()) {
      int port = port(out.readLine());
      try (var busy = new HttpConnection(port)) {
        busy.send("GET", "/primecheck");
        assertThat(out.readLine()).startsWith("- GET ");
        terminate(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(errors(process))
        .isEqualTo("primecheck: 1 requests cut off after the time of --grace\n");
  }

  @Test
  void anAppThatDoesNotDrainIsGoneAtOnce() throws Exception {
    Process process =
        run("--port=0", "--work-millis=60000", "--exit-on-term", "--ledger=/dev/stdout");
    try (BufferedReader out = process.inputReader()) {
      int port = port(out.readLine());
      try (var busy = new HttpConnection(port)) {
        busy.send("GET", "/primecheck");
        assertThat(out.readLine()).startsWith("- GET ");
        terminate(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(errors(process)).isEmpty();
  }

  @Test
  void badSettingsAreOneLine() throws Exception {
    Process process = run("--port=x", "--cpus", "0");
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors(process))
        .isEqualTo(
            "primecheck: --port: x (expected: a whole number from 0 to 65535);"
                + " --cpus: 0 (expected: >= 0.01 and <= 1024)\n");
  }

  @Test
  void aTakenPortIsOneLine() throws Exception {
    Process first = run("--port=0", "--address=127.0.0.1");
    try (BufferedReader out = first.inputReader()) {
      int port = port(out.readLine());
      Process second = run("--port=" + port, "--address=127.0.0.1");
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(errors(second))
          .startsWith("primecheck: --port: %d cannot be opened on 127.0.0.1: ".formatted(port))
          .hasLineCount(1);
    }
  }

  private static void assertRefused(int port) throws IOException {
    boolean refused = false;
    for (int i = 0; i < 10_000 && !refused; i++) {
      try (var _ = new HttpConnection(port)) {
        refused = false;
      } catch (SocketException e) { // reset: it came as the port was being closed
        refused = e instanceof ConnectException;
      }
    }
    assertThat(refused).as("new connections are refused").isTrue();
  }

  private static int port(String line) {
    assertThat(line).startsWith("primecheck listening on 127.0.0.1:");
    return Integer.parseInt(line.replaceFirst(".*:(\\d+) .*", "$1"));
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// SIGTERM; by the handle, since `Process.destroy` closes the streams that we read.
  private static void terminate(Process process) {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  private Process run(String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(PrimeCheck.class.getName());
    command.addAll(List.of("--work-millis=700"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }
}
