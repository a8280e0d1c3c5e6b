package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.HostileServer.Script;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever responds in an Engine's place takes neither more memory nor more time than it may, and
/// what it says is reported in one line.
@Timeout(120)
class HostileEngineTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final Bounds SMALL =
      new Bounds(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          2 * MEBIBYTE,
          100_000,
          4 * MEBIBYTE,
          MEBIBYTE);

  /// What lies in the buffers of both sockets when the reader leaves.
  private static final long BUFFERS_BYTES = 16 * MEBIBYTE;

  private static final String TASK =
      "{\"ID\":\"t1\",\"ServiceID\":\"s1\",\"Slot\":1,\"DesiredState\":\"running\",\"Status\":{\"State\":"
          + "\"running\",\"PortStatus\":{\"Ports\":[{\"TargetPort\":80}]}},\"NetworksAttachments\":[{"
          + "\"Network\":{\"ID\":\"n\"},\"Addresses\":[\"10.0.0.3/24\"]}]}";

  /// What begins like a list of tasks and does not end.
  enum Flood {
    BRACKETS("["),
    SPACES(" "),
    OBJECTS("[{\"ID\":\"a\"}", ",{\"ID\":\"a\",\"ServiceID\":\"s\",\"Status\":{}}"),
    EMPTY_OBJECTS("[{\"ID\":\"a\",\"Status\":[", "{},"),
    NAMES("[{", "\"a\":1,"),
    TEXT("[{\"ID\":\"", "aaaaaaaaaaaaaaaa"),
    DIGITS("[{\"ID\":1", "11111111111"),
    NESTED_OBJECTS("[", "{\"a\":");

    private final String start;
    private final String more;

    Flood(String start, String more) {
      this.start = start;
      this.more = more;
    }

    Flood(String more) {
      this(more, more);
    }
  }

  private static EngineException failure(HostileServer server, Call call) {
    try (var engine = Engine.connect(server.address(), SMALL)) {
      call.on(engine);
    } catch (EngineException e) {
      assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(800);
      return e;
    }
    return fail("it was taken for an Engine");
  }

  /// What is asked of the engine.
  private interface Call {
    void on(Engine engine);
  }

  @ParameterizedTest
  @MethodSource("floods")
  void anEndlessResponseIsCutAtItsSize(Flood flood) throws IOException {
    Script script =
        out -> {
          out.head();
          out.write(flood.start);
          out.forEver(flood.more);
        };
    try (var server = new HostileServer(true, script)) {
      EngineException tree = failure(server, engine -> engine.get("/tasks"));
      EngineException list =
          failure(server, engine -> engine.list("/tasks", Map.of(), JsonNode::toString));
      assertThat(List.of(tree.reason(), list.reason()))
          .as("%s: %s; %s", flood, tree.getMessage(), list.getMessage())
          .isSubsetOf(Reason.TOO_LARGE, Reason.NOT_AN_ENGINE, Reason.TIMEOUT);
      assertThat(server.written())
          .isLessThan(SMALL.treeBytes() + SMALL.listBytes() + 2 * BUFFERS_BYTES);
    }
  }

  static List<Flood> floods() {
    return List.of(Flood.values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        " folded\r\n",
        "\r\nHTTP/1.1 102 Processing\r\n",
      })
  void anEndlessHeadIsCut(String more) throws IOException {
    Script script =
        out -> {
          out.write("HTTP/1.1 %d OK\r\nX-B: b\r\n".formatted(more.contains("102") ? 102 : 200));
          out.forEver(more);
        };
    try (var greeted = new HostileServer(true, script);
        var ungreeted = new HostileServer(false, script)) {
      failure(greeted, engine -> engine.get("/tasks"));
      failure(greeted, engine -> engine.stream("GET", "/events", Map.of(), null, Map.of()));
      failure(ungreeted, _ -> fail("connected"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 102 -\r\n\r\n"})
  void aByteNowAndThenEndsInTime(String head) throws IOException {
    Script script =
        out -> {
          out.write(head);
          out.drip(head.endsWith("\r\n\r\n") ? head.contains("102") ? head : " " : "a");
        };
    try (var greeted = new HostileServer(true, script);
        var ungreeted = new HostileServer(false, script)) {
      assertThat(failure(greeted, engine -> engine.get("/nodes")).reason())
          .isEqualTo(Reason.TIMEOUT);
      assertThat(failure(ungreeted, _ -> fail("connected")).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void aLineOfAStreamIsBounded() throws IOException {
    Script script =
        out -> {
          out.head();
          out.forEver("aaaaaaaaaaaaaaaa");
        };
    try (var server = new HostileServer(true, script);
        var engine = Engine.connect(server.address(), SMALL);
        var stream = engine.stream("GET", "/events", Map.of(), null, Map.of())) {
      assertThatThrownBy(() -> new JsonLines(stream).next())
          .isInstanceOf(IOException.class)
          .hasMessage("a line of more than 1 MiB");
    }
  }

  /// A stream may be silent for longer than a response may take.
  @Test
  void aStreamHasNoTotalTime() throws IOException {
    Script script =
        out -> {
          out.head();
          for (int i = 0; i < 150; i++) {
            out.write(" ");
            HostileServer.waitAMoment();
          }
          out.write("{\"a\":1}\n");
        };
    try (var server = new HostileServer(true, script);
        var engine = Engine.connect(server.address(), SMALL);
        var stream = engine.stream("GET", "/events", Map.of(), null, Map.of())) {
      assertThat(new JsonLines(stream).next().orElseThrow().path("a").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "3",
        "\"x\"",
        "true",
        "{}",
        "[1]",
        "[[]]",
        "[{}]",
        "[{\"ID\":\"\"}]",
        "[] []",
        "[",
        "[{]"
      })
  void aListThatIsNoneIsRefused(String rubbish) throws IOException {
    try (var server = new HostileServer(true, out -> whole(out, rubbish))) {
      for (String path :
          List.of("/tasks", "/services", "/nodes", "/secrets", "/networks", "/containers/json")) {
        assertThat(failure(server, engine -> engine.get(path)).reason())
            .as(path)
            .isEqualTo(Reason.NOT_AN_ENGINE);
        assertThat(failure(server, engine -> engine.list(path, Map.of(), one -> one)).reason())
            .as(path)
            .isEqualTo(Reason.NOT_AN_ENGINE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "3", "\"x\"", "[]", "[{}]", "{} {}", "{"})
  void anObjectThatIsNoneIsRefused(String rubbish) throws IOException {
    try (var server = new HostileServer(true, out -> whole(out, rubbish))) {
      for (String path : List.of("/info", "/services/web", "/swarm", "/containers/x/json")) {
        assertThat(failure(server, engine -> engine.get(path)).reason())
            .as(path)
            .isEqualTo(Reason.NOT_AN_ENGINE);
      }
    }
  }

  private static void whole(HostileServer.Out out, String content) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(content.length(), content));
  }

  /// A list of tasks in which bytes are changed, lost and doubled is read, or refused in one line.
  @Test
  void whateverComesIsReadOrRefused() throws IOException {
    var next = new AtomicReference<>("");
    try (var server = new HostileServer(true, out -> whole(out, next.get()))) {
      Seeds.forAll(
          300,
          random -> {
            next.set(spoilt(random));
            try (var engine = Engine.connect(server.address(), SMALL)) {
              assertThat(engine.list("/tasks", Map.of(), one -> one)).hasSizeLessThan(20);
            } catch (EngineException e) {
              assertThat(e.getMessage()).doesNotContain("\n");
            }
          });
    }
  }

  private static String spoilt(RandomGenerator random) {
    var text = new StringBuilder("[" + TASK + "," + TASK + "]");
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        default -> text.insert(at, "[]{},:\"\\ 1e9\0".charAt(random.nextInt(13)));
      }
    }
    return text.toString();
  }
}
