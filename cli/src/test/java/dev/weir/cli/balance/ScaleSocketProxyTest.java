package dev.weir.cli.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Request;
import dev.weir.observe.http.Response;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.gate.EngineGate;
import dev.weir.swarm.gate.Preset;
import dev.weir.swarm.scale.ScalerBoard;
import dev.weir.swarm.scale.ScalerConfig;
import dev.weir.swarm.watch.ServiceVariation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy with the preset `scale` before an Engine, over real sockets of the file system: which
/// bodies it reads, and what arrives.
@Timeout(60)
final class ScaleSocketProxyTest {
  private static final String SPEC =
      "{\"Name\":\"web\",\"Labels\":{\"weir.scale\":\"1..5\",\"weir.scale.mode\":\"act\"},\"Mode\":{\"Replicated\":{\"Replicas\":2}}}";
  private static final String CREATE = "POST /v1.43/configs/create HTTP/1.1\r\nHost: docker\r\n";
  private static final String TYPE = "Content-Type: application/json\r\n";
  private static final String CONFIG =
      "{\"Name\":\"weir-scaler\",\"Data\":\"%s\",\"Labels\":{}}"
          .formatted(ScalerConfig.encodedData());

  @TempDir private Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private AgentHttpServer engine;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine connected;

  @SuppressWarnings("NullAway.Init") // set before each test
  private AgentHttpServer proxy;

  @BeforeEach
  void start() throws IOException {
    engine = UnixServers.serve(folder.resolve("engine.sock"), new RecordingEngine(asked));
    connected = Engine.connect(new EngineAddress.Unix(folder.resolve("engine.sock")));
    var gate = new EngineGate(connected, EnumSet.of(Preset.BALANCE, Preset.SCALE));
    proxy = UnixServers.serve(folder.resolve("proxy.sock"), new SocketProxy(gate, log::add));
    asked.clear();
  }

  @AfterEach
  void stop() {
    proxy.close();
    connected.close();
    engine.close();
  }

  /// An Engine with one service, whose updates conflict with version 8 and succeed with 9.
  private record RecordingEngine(List<String> asked) implements AgentHttpServer.Pages {
    @Override
    public int bodyBytesMax(Request head) {
      return 1 << 22;
    }

    @Override
    public Response respond(Request request) {
      asked.add(
          "%s %s %s"
              .formatted(request.method(), request.target(), request.body().orElse(""))
              .strip());
      return switch (request.target().replaceFirst("^/v[0-9.]+", "")) {
        case "/_ping" -> new HeldResponse(200, "text/plain", Map.of("Api-Version", "1.43"), "OK");
        case "/services/web", "/services/s1" -> {
          boolean isOlder = asked.size() <= 2;
          yield new HeldResponse(
              200,
              "{\"ID\":\"s1\",\"Version\":{\"Index\":%d},\"Spec\":%s}"
                  .formatted(isOlder ? 8 : 9, SPEC));
        }
        case "/services/s1/update?version=9&registryAuthFrom=spec" ->
            new HeldResponse(200, "{\"Warnings\":null}");
        case "/configs/weir-scaler" -> new HeldResponse(404, "{\"message\":\"not found\"}");
        case "/configs/create" -> new HeldResponse(201, "{\"ID\":\"c1\"}");
        default -> new HeldResponse(500, "{\"message\":\"update out of sequence\"}");
      };
    }
  }

  /// As the balancer does it, with its own client: the conflict reaches it, and it tries again.
  @Test
  void theBalancersOwnClientSetsACount() {
    try (Engine client = Engine.connect(new EngineAddress.Unix(folder.resolve("proxy.sock")))) {
      asked.clear();
      ServiceVariation.of(client, "web").replicas(3);
    }
    assertThat(asked).anyMatch(line -> line.contains("update?version=8&"));
    assertThat(asked)
        .last()
        .asString()
        .isEqualTo(
            "POST /v1.43/services/s1/update?version=9&registryAuthFrom=spec "
                + SPEC.replace("\"Replicas\":2", "\"Replicas\":3"));
  }

  @Test
  void theBalancersOwnBoardIsMade() {
    try (Engine client = Engine.connect(new EngineAddress.Unix(folder.resolve("proxy.sock")))) {
      asked.clear();
      ScalerBoard.change(client, board -> board.pause("web", "an update"));
    }
    assertThat(asked)
        .containsExactly(
            "GET /v1.43/configs/weir-scaler",
            "POST /v1.43/configs/create "
                + CONFIG.replace("{}", "{\"weir.paused.web\":\"an update\"}"));
  }

  @Test
  void theConfigIsMadeAndTheConnectionStays() throws IOException {
    String said = exchange(withBody(CREATE + TYPE, CONFIG) + withBody(CREATE + TYPE, CONFIG));
    assertThat(said).containsSubsequence("HTTP/1.1 201 OK", "c1", "HTTP/1.1 201 OK", "c1");
    assertThat(asked).hasSize(2).allMatch(one -> one.startsWith("POST /v1.43/configs/create {"));
  }

  @Test
  void aRefusalSaysWhyAndIsLogged() throws IOException {
    String said = exchange(withBody(CREATE + TYPE, CONFIG.replace("weir-scaler", "mine")));
    assertThat(said).startsWith("HTTP/1.1 403 ").contains("only the config weir-scaler");
    assertThat(log).containsExactly("refused: POST /v1.43/configs/create (logged once)");
    assertThat(asked).isEmpty();
  }

  /// Each is followed by a request that would pass if the proxy took the body for one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0",
        "Content-Length: 02",
        "Content-Length: +2",
        "Content-Length: -2",
        "Content-Length: 2, 2",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 0x2",
        "Content-Length: 2 2",
        "Content-Length: 1048577",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Transfer-Encoding: identity\r\nContent-Length: 2",
        "Content-Length: 2\r\nUpgrade: tcp\r\nConnection: Upgrade",
        "Content-Length: 2\r\nExpect: 100-continue",
        "Content-Length: 2\r\nHost: evil.example",
        "Content-Type: text/plain\r\nContent-Length: 2",
      })
  void oddFramingIsRefused(String fields) throws IOException {
    String said = exchange(CREATE + TYPE + fields + "\r\n\r\n" + CONFIG);
    assertThat(said).matches("(?s)HTTP/1\\.1 4[0-9][0-9] .*").doesNotContain("201");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Content-Type: text/plain\r\n", "Content-Type: application/jsonx\r\n"})
  void aBodyOfAnotherTypeIsNotRead(String type) throws IOException {
    assertThat(exchange(withBody(CREATE + type, CONFIG)))
        .startsWith("HTTP/1.1 403 ")
        .contains("Content-Type: application/json\"");
    assertThat(asked).isEmpty();
  }

  @Test
  void aBodyThatIsNoTextOrNotWholeIsRefused() throws IOException {
    assertThat(exchange(CREATE + TYPE + "Content-Length: 2\r\n\r\n\u00c3("))
        .startsWith("HTTP/1.1 400 ");
    assertThat(exchange(CREATE + TYPE + "Content-Length: 5000\r\n\r\n" + CONFIG)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1.43/services/create",
        "POST /v1.43/containers/create",
        "POST /v1.43/secrets/create",
        "POST /v1.43/swarm/update?version=1",
        "POST /v1.43/services/web/update?version=9&registryAuthFrom=spec&rollback=previous",
        "PUT /v1.43/configs/create",
        "DELETE /v1.43/configs/weir-scaler",
        "DELETE /v1.43/services/web",
        "GET /v1.43/configs/create",
        "GET /v1.43/configs/other",
      })
  void otherBodiesAreNotRead(String line) throws IOException {
    String head = line + " HTTP/1.1\r\nHost: docker\r\n" + TYPE;
    assertThat(exchange(withBody(head, CONFIG))).startsWith("HTTP/1.1 403 ");
    assertThat(asked).isEmpty();
  }

  private static String withBody(String head, String body) {
    return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private String exchange(String sent) throws IOException {
    return UnixServers.exchange(folder.resolve("proxy.sock"), sent);
  }
}
