package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.swarm.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The client over a real unix socket.
@Timeout(60)
class EngineTest {
  private static final String WORKER =
      "{\"message\":\"This node is not a swarm manager. Worker nodes can't be used to view or modify"
          + " cluster state. Please run this command on a manager node or promote the current node"
          + " to a manager.\"}";
  private static final String NO_SWARM =
      "{\"message\":\"This node is not a swarm manager. Use \\\"docker swarm init\\\" or \\\"docker"
          + " swarm join\\\" to connect this node to swarm and try again.\"}";

  @TempDir private Path folder;

  @Test
  void speaksTheNewestVersionThatBothKnow() throws Exception {
    assertThat(version("1.12", "1.41")).isEqualTo("1.41");
    assertThat(version("1.44", "1.52")).isEqualTo("1.52");
    assertThat(version("1.44", "1.99")).isEqualTo("1.52");
    assertThatThrownBy(() -> version("1.12", "1.40"))
        .hasMessageContaining("its newest API version is 1.40, and Weir needs 1.41");
  }

  @Test
  void anEngineOfTheFutureIsNamed() throws Exception {
    assertThatThrownBy(() -> version("1.60", "1.70"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.VERSION);
              assertThat(e.getMessage()).contains("use a newer Weir");
            });
  }

  private String version(String oldest, String newest) throws IOException {
    Path socket = folder.resolve("v" + newest);
    try (var fake =
            FakeEngine.at(socket, oldest, newest, (_, response) -> response.json(200, "[]"));
        var engine = Engine.connect(fake.address())) {
      engine.get("/nodes");
      assertThat(fake.requests().getFirst().version()).isEqualTo(engine.apiVersion());
      return engine.apiVersion();
    }
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    try (var fake = responding(200, "[{\"ID\":\"a\",\"Spec\":{\"Name\":\"n\"}}]");
        var engine = Engine.connect(fake.address())) {
      for (int i = 0; i < 5; i++) {
        JsonNode response =
            engine.get("/services", Filters.of("name", "ä b&c").and("x", "y").query());
        assertThat(response.path(0).path("ID").asString()).isEqualTo("a");
      }
      assertThat(fake.connections()).isEqualTo(1);
      assertThat(fake.requests().getFirst().query())
          .isEqualTo(Map.of("filters", "{\"name\":[\"ä b&c\"],\"x\":[\"y\"]}"));
      assertThat(fake.requests().getFirst().headers()).containsEntry("host", "docker");
    }
  }

  @Test
  void aQuestionIsAskedAgainIfTheKeptConnectionDied() throws Exception {
    try (var fake = responding(200, "[]");
        var engine = Engine.connect(fake.address())) {
      engine.get("/nodes");
      fake.cut();
      assertThat(engine.get("/nodes").isArray()).isTrue();
    }
  }

  @Test
  void refusalsAreReportedInOneLineWithWhatToDo() throws Exception {
    assertRefusal(503, WORKER, Reason.NOT_A_MANAGER, "is a worker, and only managers know");
    assertRefusal(503, NO_SWARM, Reason.NO_SWARM, "is in no swarm (start one: weir swarm init");
    assertRefusal(
        500,
        "{\"message\":\"rpc error: code = Unknown desc = The swarm does not have a leader.\"}",
        Reason.NO_LEADER,
        "more than half of its managers must be up");
    assertRefusal(
        409,
        "{\"message\":\"Conflict. The container name \\\"/a\\\" is already in use\"}",
        Reason.CONFLICT,
        "is already in use (engine unix:///");
    assertRefusal(400, "<html>\nno</html>\n", Reason.REFUSED, "<html>; no</html> (engine");
    assertRefusal(418, "", Reason.REFUSED, "no reason given");
    assertRefusal(302, "", Reason.NOT_AN_ENGINE, "no Docker Engine");
  }

  private void assertRefusal(int status, String body, Reason reason, String words)
      throws IOException {
    Path socket = folder.resolve("r" + status + reason);
    try (var fake = FakeEngine.at(socket, (_, response) -> response.json(status, body));
        var engine = Engine.connect(fake.address())) {
      assertThatThrownBy(() -> engine.post("/services/create", Map.of(), null))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.status()).isEqualTo(status);
                assertThat(e.getMessage()).contains(words).doesNotContain("\n");
              });
    }
  }

  @Test
  void whereNothingListensIsSaid() throws Exception {
    Path socket = folder.resolve("nobody");
    assertThatThrownBy(() -> Engine.connect(new EngineAddress.Unix(socket)))
        .hasMessage(
            "unix://%s: there is no such socket (start Docker: sudo systemctl start docker; or set"
                    .formatted(socket)
                + " DOCKER_HOST or --host)");
    java.nio.file.Files.createFile(socket);
    assertThatThrownBy(() -> Engine.connect(new EngineAddress.Unix(socket)))
        .hasMessageContaining("nothing listens on it");
    assertThatThrownBy(() -> Engine.connect(EngineAddress.parse("tcp://127.0.0.1:1")))
        .hasMessage("tcp://127.0.0.1:1: nothing listens there (see DOCKER_HOST or --host)");
    assertThatThrownBy(() -> Engine.connect(EngineAddress.parse("tcp://no.such.invalid")))
        .hasMessageContaining("no such host");
  }

  @Test
  void whatIsNoEngineIsSaid() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> sshServer(server));
      var address = EngineAddress.parse("tcp://127.0.0.1:" + server.getLocalPort());
      assertThatThrownBy(() -> Engine.connect(address))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AN_ENGINE));
    }
  }

  private static void sshServer(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The client went.
    }
  }

  @Test
  void aStreamEndsWhenItIsClosedElsewhere() throws Exception {
    var started = new CountDownLatch(1);
    try (var fake =
            FakeEngine.at(
                folder.resolve("s"),
                (_, response) -> {
                  response.start();
                  response.chunk("{\"status\":\"one\"}\n{\"sta");
                  response.chunk("tus\":\"two\"}\r\n");
                  started.countDown();
                });
        var engine = Engine.connect(fake.address())) {
      var stream =
          engine.stream(
              "POST", "/images/create", Map.of(), null, Map.of("X-Registry-Auth", "e30="));
      var lines = new JsonLines(stream);
      assertThat(lines.next().orElseThrow().path("status").asString()).isEqualTo("one");
      assertThat(lines.next().orElseThrow().path("status").asString()).isEqualTo("two");
      var next = CompletableFuture.supplyAsync(() -> uncheckedNext(lines));
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      stream.close();
      assertThat(next.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(fake.requests().getFirst().headers()).containsEntry("x-registry-auth", "e30=");
    }
  }

  private static Optional<JsonNode> uncheckedNext(JsonLines lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void eventsComeAndTheEndIsReported() throws Exception {
    var events = new LinkedBlockingQueue<String>();
    var ends = new LinkedBlockingQueue<Optional<IOException>>();
    try (var fake =
            FakeEngine.at(
                folder.resolve("e"),
                (_, response) -> {
                  response.start();
                  response.chunk("{\"Type\":\"service\",\"Action\":\"update\"}\n");
                });
        var engine = Engine.connect(fake.address());
        var _ =
            EventStream.open(
                engine,
                Filters.of("type", "service"),
                event -> events.add(event.path("Action").asString()),
                ends::add)) {
      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("update");
      fake.cut();
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isPresent();
    }
  }

  @Test
  void closingTheEngineEndsWhatIsUnderWay() throws Exception {
    var asked = new CountDownLatch(1);
    try (var fake = FakeEngine.at(folder.resolve("c"), (_, _) -> asked.countDown())) {
      var engine = Engine.connect(fake.address());
      var response = CompletableFuture.supplyAsync(() -> engine.get("/nodes"));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      engine.close();
      assertThatThrownBy(() -> response.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("has been closed");
    }
  }

  @Test
  void framesOfLogsAreTakenApart() throws Exception {
    byte[] bytes = {1, 0, 0, 0, 0, 0, 0, 2, 'h', 'i', 2, 0, 0, 0, 0, 0, 0, 1, '!'};
    var logs = new LogFrames(new ByteArrayInputStream(bytes));
    LogFrames.Frame out = logs.next().orElseThrow();
    assertThat(out.channel()).isEqualTo(LogFrames.Channel.OUT);
    assertThat(out.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
    assertThat(logs.next().orElseThrow().channel()).isEqualTo(LogFrames.Channel.ERR);
    assertThat(logs.next()).isEmpty();
    var terminal =
        new LogFrames(new ByteArrayInputStream("hello, world".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(terminal::next).hasMessageContaining("terminal");
  }

  private FakeEngine responding(int status, String json) throws IOException {
    return FakeEngine.at(folder.resolve("a"), (_, response) -> response.json(status, json));
  }
}
