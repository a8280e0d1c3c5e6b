package dev.weir.cli.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Request;
import dev.weir.observe.http.Response;
import dev.weir.observe.http.StreamedResponse;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EventStream;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.gate.EngineGate;
import dev.weir.swarm.gate.Preset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy before an Engine, over real sockets of the file system: what passes, and what does
/// not.
@Timeout(60)
final class SocketProxyTest {
  private static final String GET = "GET %s HTTP/1.1\r\nHost: docker\r\n\r\n";
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CountDownLatch eventsEnded = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private AgentHttpServer engine;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine connected;

  @SuppressWarnings("NullAway.Init") // set before each test
  private AgentHttpServer proxy;

  @BeforeEach
  void start() throws IOException {
    engine = UnixServers.serve(folder.resolve("engine.sock"), this::engine);
    connected = Engine.connect(new EngineAddress.Unix(folder.resolve("engine.sock")));
    proxy =
        UnixServers.serve(
            folder.resolve("proxy.sock"),
            new SocketProxy(
                new EngineGate(connected, EnumSet.of(Preset.BALANCE, Preset.AGENT)), log::add));
    asked.clear();
  }

  @AfterEach
  void stop() {
    proxy.close();
    connected.close();
    engine.close();
  }

  /// An Engine of a few pages.
  private Response engine(Request request) {
    asked.add(request.method() + " " + request.target());
    String path = request.target().replaceFirst("\\?.*", "").replaceFirst("^/v[0-9.]+", "");
    return switch (path) {
      case "/_ping" -> new HeldResponse(200, "text/plain", Map.of("Api-Version", "1.43"), "OK");
      case "/events" -> new StreamedResponse("application/json", true, new Events(eventsEnded));
      case "/networks/none" -> new HeldResponse(404, "{\"message\":\"no such network\"}");
      default ->
          new HeldResponse(
              200,
              "application/json",
              Map.of("X-Secret", "inner"),
              "[{\"ID\":\"" + path + "\",\"Spec\":{\"Name\":\"a\"}}]");
    };
  }

  /// One event, and then nothing until it is closed.
  private record Events(CountDownLatch ended) implements StreamedResponse.Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write("{\"Type\":\"service\"}\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      ended.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.41/services",
        "/v1.41/tasks?filters=%7B%22desired-state%22%3A%5B%22running%22%5D%7D",
        "/v1.43/nodes",
        "/v1.41/networks/weir_web",
        "/v1.41/info",
        "/v1.41/containers/json?all=1",
        "/v1.41/containers/" + ID + "/stats?stream=false&one-shot=true",
      })
  void whatIsAllowedPasses(String target) throws IOException {
    String said = exchange(GET.formatted(target));
    assertThat(said)
        .startsWith("HTTP/1.1 200 OK")
        .contains("[{\"ID\":\"/")
        .doesNotContain("X-Secret");
    assertThat(asked).containsExactly("GET " + target);
  }

  @Test
  void thePingReportsTheVersion() throws IOException {
    assertThat(exchange(GET.formatted("/_ping"))).contains("200 OK", "Api-Version: 1.43", "OK");
  }

  @Test
  void theEnginesRefusalPassesToo() throws IOException {
    assertThat(exchange(GET.formatted("/v1.41/networks/none")))
        .startsWith("HTTP/1.1 404 ")
        .contains("{\"message\":\"no such network\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1.41/secrets",
        "GET /v1.41/configs",
        "GET /v1.41/swarm",
        "GET /v1.41/swarm/unlockkey",
        "GET /v1.41/networks",
        "GET /v1.41/services/x",
        "GET /v1.41/services/x/logs?stdout=1",
        "GET /v1.41/tasks/x/logs",
        "GET /v1.41/containers/" + ID + "/json",
        "GET /v1.41/containers/" + ID + "/archive?path=/",
        "GET /v1.41/containers/" + ID + "/export",
        "GET /v1.41/containers/" + ID + "/attach/ws",
        "GET /v1.41/containers/" + ID + "/logs?stdout=1",
        "GET /v1.41/containers/" + ID + "/stats",
        "GET /v1.41/containers/x/stats?stream=false",
        "GET /v1.41/exec/x/json",
        "GET /v1.41/images/json",
        "GET /v1.41/system/df",
        "GET /v1.41/session",
        "GET /v1.41/events",
        "GET /services",
        "GET /v1/services",
        "GET /v01.41/services",
        "GET /v1.041x/services",
        "GET /V1.41/services",
        "GET /v1.41/v1.41/services",
        "GET //v1.41/services",
        "GET /v1.41//services",
        "GET /v1.41/services/",
        "GET /v1.41/./services",
        "GET /v1.41/services/../secrets",
        "GET /v1.41/networks/..",
        "GET /v1.41/networks/../secrets",
        "GET /v1.41/networks/%2e%2e/secrets",
        "GET /v1.41/%73ecrets",
        "GET /v1.41/services%2f..%2fsecrets",
        "GET /v1.41/services%0d%0aX:%20y",
        "GET /v1.41/services;x",
        "GET /v1.41/services#/../secrets",
        "GET /v1.41/services?x=1",
        "GET /v1.41/services?filters=%7B%7D&filters=%7B%7D",
        "GET /v1.41/services?filters=%ZZ",
        "GET /v1.41/tasks?filters=[[[[",
        "POST /v1.41/services",
        "POST /v1.41/services/create",
        "POST /v1.41/containers/create",
        "POST /v1.41/containers/" + ID + "/exec",
        "POST /v1.41/exec/" + ID + "/start",
        "POST /v1.41/build",
        "PUT /v1.41/containers/" + ID + "/archive",
        "DELETE /v1.41/services/x",
        "HEAD /v1.41/services",
        "OPTIONS /v1.41/services",
        "CONNECT /v1.41/services",
      })
  void allElseIsForbidden(String line) throws IOException {
    String said = exchange(line + " HTTP/1.1\r\nHost: docker\r\n\r\n");
    assertThat(said).startsWith("HTTP/1.1 403 ").contains("\"message\":\"weir socket-proxy: ");
    assertThat(asked).isEmpty();
  }

  /// The path is allowed; what comes with it is not.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nContent-Length: 5\r\n\r\nhello",
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nContent-Length: 00\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nExpect: 100-continue\r\n\r\n",
        "GET http://docker/v1.41/services HTTP/1.1\r\nHost: docker\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\nHost: docker\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\r\n\r\n",
        "GET /v1.41/services\r\n\r\n",
        "GET /v1.41/services HTTP/1.1\nHost: docker\n\n\r\n\r\n",
      })
  void nothingComesAlong(String sent) throws IOException {
    assertThat(exchange(sent)).matches("(?s)HTTP/1\\.1 4[0-9][0-9] .*");
    assertThat(asked).isEmpty();
  }

  @Test
  void ofTwoRequestsAtOnceEachIsJudged() throws IOException {
    String said =
        exchange(
            GET.formatted("/v1.41/services")
                + "POST /v1.41/services/create HTTP/1.1\r\nHost: docker\r\n\r\n"
                + GET.formatted("/v1.41/nodes"));
    assertThat(said).containsSubsequence("200 OK", "/services", "403 ", "200 OK", "/nodes");
    assertThat(asked).containsExactly("GET /v1.41/services", "GET /v1.41/nodes");
  }

  @Test
  void aRefusalIsSaidOncePerPath() throws IOException {
    for (int i = 0; i < 3; i++) {
      exchange(GET.formatted("/v1.41/secrets?x=" + i));
    }
    exchange(GET.formatted("/v1.41/swarm"));
    assertThat(log)
        .containsExactly(
            "refused: GET /v1.41/secrets (logged once)", "refused: GET /v1.41/swarm (logged once)");
  }

  /// As the balancer does it: with its own client, and events as they come.
  @Test
  void theBalancersOwnClientFindsWhatItNeeds() throws Exception {
    var event = new CountDownLatch(1);
    try (Engine client = Engine.connect(new EngineAddress.Unix(folder.resolve("proxy.sock")))) {
      assertThat(client.apiVersion()).isEqualTo("1.43");
      assertThat((Object) client.get("/services"))
          .hasToString("[{\"ID\":\"/services\",\"Spec\":{\"Name\":\"a\"}}]");
      try (var _ =
          EventStream.open(
              client,
              Filters.of("type", "service").and("type", "node"),
              _ -> event.countDown(),
              _ -> {})) {
        assertThat(event.await(30, TimeUnit.SECONDS)).isTrue();
      }
      // The client has left: so the proxy leaves the Engine.
      assertThat(eventsEnded.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theSocketIsForItsOwnerAndGroup() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("proxy.sock"))))
        .isEqualTo("rw-rw----");
  }

  private String exchange(String sent) throws IOException {
    return UnixServers.exchange(folder.resolve("proxy.sock"), sent);
  }
}
