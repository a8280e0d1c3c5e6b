package dev.weir.load.send;

import static dev.weir.load.send.ScriptedServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Schedule;
import dev.weir.base.UserError;
import dev.weir.load.http.RequestTemplate;
import dev.weir.load.http.Target;
import dev.weir.load.record.LoadResult;
import dev.weir.run.RequestRecord;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sender against real servers that are slow, odd or broken.
@Timeout(60)
class LoadRunTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void slowResponsesDelayNoSend() throws Exception {
    var release = new CountDownLatch(1);
    int count = 40;
    try (var server =
        new ScriptedServer((_, socket) -> {
          await(release);
          say(socket, OK);
          return true;
        })) {
      LoadRun run = LoadRun.prepare(settings(server.url(), count, 0.005), _ -> {});
      run.start();
      // A closed loop would never get here: nothing gets a response until all are out.
      while (run.progress().inFlight() < count) {
        Thread.onSpinWait();
      }
      release.countDown();
      LoadResult result = run.await();
      assertThat(result.statuses()).isEqualTo(Map.of(200, (long) count));
      assertThat(result.certificate().sent()).isEqualTo(count);
      RequestRecord first = result.records().getFirst();
      // The first waited for the last: its latency spans the schedule.
      assertThat(first.latencyNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(190));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
      })
  void framedResponsesKeepTheConnection(String response) throws Exception {
    try (var server = ScriptedServer.saying(response, true)) {
      LoadResult result = load(settings(server.url(), 50, 0.001));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 50L));
      assertThat(result.errors()).isEmpty();
      assertThat(result.records()).allMatch(r -> r.bytes() == 5 && r.error().isEmpty());
      assertThat(server.requests()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
      })
  void responsesThatEndTheConnectionAreWhole(String response) throws Exception {
    try (var server = ScriptedServer.saying(response, false)) {
      LoadResult result = load(settings(server.url(), 30, 0.002));
      assertThat(result.errors()).isEmpty();
      assertThat(result.records()).allMatch(r -> r.bytes() == 5 && r.status() == 200);
      assertThat(server.requests()).isEqualTo(30);
    }
  }

  @Test
  void headHasNoBody() throws Exception {
    try (var server =
        ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", true)) {
      LoadSettings settings = settings(server.url(), 20, 0.001);
      LoadResult result = load(with(settings, RequestTemplate.of("HEAD", List.of(), new byte[0])));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 20L));
      assertThat(result.records()).allMatch(r -> r.bytes() == 0);
    }
  }

  @Test
  void bodiesLongerThanTheKernelTakesArriveWhole() throws Exception {
    try (var server = ScriptedServer.saying(OK, true)) {
      RequestTemplate request = RequestTemplate.of("POST", List.of(), new byte[8 << 20]);
      LoadResult result = load(with(settings(server.url(), 6, 0.01), request));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 6L));
      assertThat(server.heads()).allMatch(head -> head.contains("Content-Length: 8388608"));
    }
  }

  @Test
  void anResponseThatDoesNotComeTimesOut() throws Exception {
    var release = new CountDownLatch(1);
    try (var server =
        new ScriptedServer((number, socket) -> {
          if (number == 1) {
            await(release);
          }
          say(socket, OK);
          return true;
        })) {
      LoadResult result = load(timeout(settings(server.url(), 5, 0.01), Duration.ofMillis(300)));
      release.countDown();
      assertThat(result.errors()).isEqualTo(Map.of("timeout", 1L));
      assertThat(result.latency().count()).isEqualTo(5);
      assertThat(result.latency().maxNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(299));
    }
  }

  @Test
  void aServerThatFailsHalfTheTimeIsCounted() throws Exception {
    String bad = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nX-Served-By: b\r\n\r\n";
    String good = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Replica: a\r\n\r\n";
    try (var server =
        new ScriptedServer((number, socket) -> {
          say(socket, number % 2 == 0 ? good : bad);
          return true;
        })) {
      LoadResult result = load(settings(server.url(), 60, 0.001));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 30L, 500, 30L));
      assertThat(result.errorCount()).isEqualTo(30);
      assertThat(result.errors()).isEmpty();
      assertThat(result.replicas()).isEqualTo(Map.of("a", 30L, "b", 30L));
    }
  }

  @Test
  void aResetIsCountedAndSentOnceMore() throws Exception {
    try (var server =
        new ScriptedServer((_, socket) -> {
          socket.setOption(StandardSocketOptions.SO_LINGER, 0);
          return false;
        })) {
      LoadResult result = load(settings(server.url(), 5, 0.01));
      assertThat(result.errors().keySet()).isSubsetOf("reset", "closed");
      assertThat(result.errorCount()).isEqualTo(5);
      assertThat(server.requests()).isEqualTo(10);
    }
  }

  @Test
  void aPostIsNotSentTwice() throws Exception {
    try (var server = new ScriptedServer((_, _) -> false)) {
      RequestTemplate post = RequestTemplate.of("POST", List.of(), new byte[3]);
      LoadResult result = load(with(settings(server.url(), 5, 0.01), post));
      assertThat(result.errors()).isEqualTo(Map.of("closed", 5L));
      assertThat(server.requests()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
      })
  void whatIsNotHttpIsMalformed(String response) throws Exception {
    try (var server = ScriptedServer.saying(response, true)) {
      LoadResult result = load(settings(server.url(), 3, 0.01));
      assertThat(result.errors()).isEqualTo(Map.of("malformed", 3L));
    }
  }

  @Test
  void anResponseCutShortIsAnError() throws Exception {
    try (var server =
        ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", false)) {
      LoadResult result = load(settings(server.url(), 4, 0.01));
      assertThat(result.errors()).isEqualTo(Map.of("cut", 4L));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 4L));
    }
  }

  @Test
  void withoutKeepAliveEveryRequestHasItsConnection() throws Exception {
    try (var server = ScriptedServer.saying(OK, true)) {
      LoadSettings s = settings(server.url(), 100, 0.002);
      LoadResult result =
          load(
              new LoadSettings(
                  s.target(), s.request(), s.schedule(), s.timeout(), 64, false, s.tls(), "X-A"));
      assertThat(result.statuses()).isEqualTo(Map.of(200, 100L));
      assertThat(server.connections()).isGreaterThanOrEqualTo(100);
      assertThat(server.heads()).allMatch(head -> head.contains("Connection: close"));
    }
  }

  @Test
  void tooFewConnectionsMakeTheLoadVoid() throws Exception {
    try (var server =
        new ScriptedServer((_, socket) -> {
          RealTime.pass(Duration.ofMillis(30)); // the server's own service time
          say(socket, OK);
          return true;
        })) {
      LoadSettings s = settings(server.url(), 20, 0.005);
      LoadResult result =
          load(
              new LoadSettings(
                  s.target(), s.request(), s.schedule(), s.timeout(), 1, true, s.tls(), "X-A"));
      assertThat(result.certificate().verdict().name()).isEqualTo("VOID");
      assertThat(result.certificate().reasons().toString()).contains("--connections");
      assertThat(result.statuses()).isEqualTo(Map.of(200, 20L));
    }
  }

  @Test
  void aServerThatGoesAwayInMidRunIsCounted() throws Exception {
    var gone = new CopyOnWriteArrayList<RequestRecord>();
    var server = ScriptedServer.saying(OK, true);
    LoadRun run =
        LoadRun.prepare(
            settings(server.url(), 100, 0.005),
            responded -> {
              gone.add(responded);
              if (gone.size() == 20) {
                close(server);
              }
            });
    run.start();
    LoadResult result = run.await();
    assertThat(result.records()).hasSize(100);
    assertThat(gone).hasSize(100);
    assertThat(result.errors()).containsKey("refused");
    assertThat(result.errorCount()).isBetween(30L, 80L);
  }

  @Test
  void aStoppedRunReportsWhatWasDone() throws Exception {
    try (var server = ScriptedServer.saying(OK, true)) {
      LoadRun run = LoadRun.prepare(settings(server.url(), 1000, 0.02), _ -> {});
      run.start();
      while (run.progress().ended() < 5) {
        Thread.onSpinWait();
      }
      run.stop(Duration.ofSeconds(5));
      LoadResult result = run.await();
      assertThat(result.stopped()).isTrue();
      assertThat(result.records().size()).isBetween(5, 900);
      assertThat(result.errorCount()).isZero();
      assertThat(result.certificate().reasons().toString()).contains("stopped after");
    }
  }

  @Test
  void anUnreachableServerIsRefusedBeforeTheRun() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> load(settings("http://localhost:" + port, 1, 1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--url: http://localhost:" + port + " cannot be reached")
        .hasMessageContaining("is the server running on port " + port);
    assertThatThrownBy(() -> load(settings("http://no-such-host.invalid/", 1, 1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no-such-host.invalid has no address");
  }

  private static LoadResult load(LoadSettings settings) throws InterruptedException {
    LoadRun run = LoadRun.prepare(settings, _ -> {});
    run.start();
    return run.await();
  }

  private static LoadSettings settings(String url, int count, double gapSeconds) {
    Schedule schedule = Schedule.ofCount(new Constant(gapSeconds), count, 1);
    return LoadSettings.of(Target.parse(url), schedule);
  }

  private static LoadSettings with(LoadSettings s, RequestTemplate request) {
    return new LoadSettings(
        s.target(), request, s.schedule(), s.timeout(), 64, true, s.tls(), "X-Served-By");
  }

  private static LoadSettings timeout(LoadSettings s, Duration timeout) {
    return new LoadSettings(
        s.target(), s.request(), s.schedule(), timeout, 64, true, s.tls(), "X-Served-By");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("never released");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void close(ScriptedServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
