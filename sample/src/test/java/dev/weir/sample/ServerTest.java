package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server over real sockets: its responses, what they cost, and the quota.
class ServerTest {
  @Test
  void responsesWithTheTimeItTook(@TempDir Path folder) throws Exception {
    Path ledger = folder.resolve("ledger");
    Server server = start("--work-millis=2", "--name=a1", "--ledger=" + ledger);
    try (var connection = new HttpConnection(server.port())) {
      HttpConnection.Response response = connection.get("/primecheck", "X-Request-Id: r1");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).matches("Time: \\d+ ms");
      assertThat(response.head()).contains("x-replica: a1\n", "content-type: text/plain");
      assertThat(connection.get("/primecheck?n=1000003").head()).contains("x-prime: true\n");
      assertThat(connection.get("/primecheck?n=1000005").head()).contains("x-prime: false\n");
      assertThat(connection.get("/health").body()).isEqualTo("ok");
      connection.send("POST", "/primecheck", "X-Request-Id: r2", "Content-Length: 0");
      assertThat(connection.receive().status()).isEqualTo(200);
      assertThat(connection.get("/elsewhere").status()).isEqualTo(404);
    } finally {
      assertThat(server.stop()).isZero();
    }
    assertThat(ledger).hasContent("r1 GET a1\n- GET a1\n- GET a1\nr2 POST a1\n");
  }

  @Test
  void testHooksAreClosedUnlessOpened() throws Exception {
    Server server = start("--work-millis=0.01");
    try (var connection = new HttpConnection(server.port())) {
      assertThat(connection.get("/ledger").status()).isEqualTo(404);
      connection.send("POST", "/unhealthy", "Content-Length: 0");
      assertThat(connection.receive().status()).isEqualTo(404);
      assertThat(connection.get("/health").status()).isEqualTo(200);
    } finally {
      server.stop();
    }
  }

  @Test
  void testHooksShowTheLedgerAndMakeIll() throws Exception {
    Server server = start("--work-millis=0.01", "--name=a1", "--test-hooks");
    try (var connection = new HttpConnection(server.port())) {
      connection.get("/primecheck", "X-Request-Id: r1");
      connection.send("POST", "/primecheck", "X-Request-Id: r1", "Content-Length: 0");
      connection.receive();
      assertThat(connection.get("/ledger").body()).isEqualTo("r1 GET a1\nr1 POST a1\n");
      connection.send("POST", "/unhealthy", "Content-Length: 0");
      assertThat(connection.receive().status()).isEqualTo(200);
      try (var other = new HttpConnection(server.port())) { // which Tomcat closes after a 503
        assertThat(other.get("/health").status()).isEqualTo(503);
      }
      assertThat(connection.get("/primecheck").status()).isEqualTo(200);
      connection.send("DELETE", "/unhealthy");
      assertThat(connection.receive().status()).isEqualTo(200);
      assertThat(connection.get("/health").body()).isEqualTo("ok");
    } finally {
      server.stop();
    }
  }

  @Test
  void theLedgerInMemoryKeepsTheNewest() throws Exception {
    try (var ledger = new Ledger(null, "a1", true)) {
      for (int i = 0; i <= Ledger.KEPT_MAX; i++) {
        ledger.begin("r" + i, "GET");
      }
      assertThat(ledger.text().lines()).hasSize(Ledger.KEPT_MAX).startsWith("r1 GET a1");
    }
  }

  @Test
  void aNumberThatIsNoneIsRefused() throws Exception {
    Server server = start();
    try {
      for (String typed : List.of("1", "-7", "many", "9223372036854775808", "")) {
        try (var connection = new HttpConnection(server.port())) {
          HttpConnection.Response response = connection.get("/primecheck?n=" + typed);
          assertThat(response.status()).isEqualTo(400);
          assertThat(response.body())
              .isEqualTo("n: a whole number expected, from 2 to 9223372036854775807");
        }
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void keepsConnectionsBeyondTomcatsHundredRequests() throws Exception {
    Server server = start("--work-millis=0.01");
    try (var connection = new HttpConnection(server.port())) {
      for (int i = 0; i < 250; i++) {
        assertThat(connection.get("/health").head()).doesNotContain("connection: close");
      }
    } finally {
      server.stop();
    }
  }

  /// The CPU of a request is as set: 8 ms here. A loop that watches the clock would cost less on a
  /// busy machine, work without calibration anything at all. Loose, since the processors' clock
  /// speeds change.
  @Test
  void costsTheCpuItIsGiven() throws Exception {
    Server server = start("--work-millis=8");
    try (var connection = new HttpConnection(server.port())) {
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 41; i++) {
        micros.add(connection.get("/primecheck").cpuMicros());
      }
      double median = micros.stream().sorted().toList().get(20);
      assertThat(median).isCloseTo(8000, within(3500.0));
    } finally {
      server.stop();
    }
  }

  /// Three clients ask for all they can get for two seconds. Without a quota they take 1 to 2 CPUs.
  @Test
  void keepsToItsQuotaAndSharesItEvenly() throws Exception {
    double quota = 0.4;
    Server server = start("--work-millis=3", "--cpus=" + quota);
    try (ExecutorService clients = Executors.newCachedThreadPool()) {
      try (var connection = new HttpConnection(server.port())) {
        connection.get("/primecheck"); // the first request pays for loading classes
      }
      long startNanos = System.nanoTime();
      long startCpuNanos = workersCpuNanos();
      Callable<Integer> client = () -> responsesUntil(server.port(), startNanos + 2_000_000_000L);
      List<Integer> counts = new ArrayList<>();
      for (Future<Integer> responded : clients.invokeAll(List.of(client, client, client))) {
        counts.add(responded.get());
      }
      double used = (double) (workersCpuNanos() - startCpuNanos) / (System.nanoTime() - startNanos);
      assertThat(used).isBetween(quota * 0.6, quota * 1.15);
      double mean = counts.stream().mapToInt(x -> x).average().orElseThrow();
      assertThat(counts).allSatisfy(count -> assertThat(count).isCloseTo((int) mean, within(20)));
    } finally {
      server.stop();
    }
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    Server server = start();
    try {
      assertThatThrownBy(() -> start("--port=" + server.port()))
          .hasRootCauseInstanceOf(BindException.class);
    } finally {
      server.stop();
    }
  }

  private static int responsesUntil(int port, long endNanos) throws Exception {
    int count = 0;
    try (var connection = new HttpConnection(port)) {
      while (System.nanoTime() < endNanos) {
        assertThat(connection.get("/primecheck").status()).isEqualTo(200);
        count++;
      }
    }
    return count;
  }

  private static long workersCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("-exec-"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId()))
        .sum();
  }

  private static Server start(String... args) throws Exception {
    var all = Stream.concat(Stream.of("--address=127.0.0.1", "--port=0"), Stream.of(args));
    return Server.start(SettingsReader.read(all.toList(), Map.of()).calibrated());
  }
}
