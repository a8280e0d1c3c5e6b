package dev.weir.observe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent's server does with those who do not ask properly.
@Timeout(60)
final class ServerLimitsTest {
  private final List<Socket> held = new ArrayList<>();

  @AfterEach
  void release() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
  }

  @Test
  void manyRequestsShareAConnection() throws Exception {
    try (AgentHttpServer server = start();
        Socket socket = connect(server)) {
      say(socket, head("GET /a HTTP/1.1", "Host: x"));
      say(socket, head("GET /b HTTP/1.1", "Host: x", "Connection: close"));
      String said = all(socket);
      assertThat(said).containsSubsequence("200 OK", "\"/a\"", "200 OK", "\"/b\"");
      assertThat(said).contains("Connection: keep-alive", "Connection: close");
    }
  }

  @Test
  void heldConnectionsKeepNobodyOut() throws Exception {
    try (AgentHttpServer server = start()) {
      for (int i = 0; i < 300; i++) {
        held.add(connect(server));
      }
      assertRespondedAtOnce(server);
    }
  }

  /// Bytes that never become a request give no right to stay.
  @Test
  void slowHeadsKeepNobodyOut() throws Exception {
    try (AgentHttpServer server = start()) {
      for (int i = 0; i < 300; i++) {
        Socket socket = connect(server);
        say(socket, "GET /a HTTP/1.1\r\nHost");
        held.add(socket);
      }
      assertRespondedAtOnce(server);
    }
  }

  /// Nor do those that have asked once and stay.
  @Test
  void keptConnectionsKeepNobodyOut() throws Exception {
    try (AgentHttpServer server = start()) {
      for (int i = 0; i < 300; i++) {
        Socket socket = connect(server);
        say(socket, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        held.add(socket);
      }
      assertRespondedAtOnce(server);
    }
  }

  /// What slow readers have yet to take is bounded: the first are cut off, the last gets a
  /// response.
  @Test
  void slowReadersAreCutOff() throws Exception {
    String large = "x".repeat(12 << 20);
    try (AgentHttpServer server = Servers.start(_ -> new HeldResponse(200, large))) {
      for (int i = 0; i < 6; i++) {
        Socket socket = connect(server);
        say(socket, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        held.add(socket);
      }
      // All but the last were making room for the next.
      assertThat(all(held.get(0)).length()).isLessThan(large.length());
      assertThat(all(held.get(4)).length()).isLessThan(large.length());
      assertThat(held.get(5).getInputStream().readNBytes(large.length())).hasSize(large.length());
    }
  }

  @Test
  void aHeadWithoutEndIsRefused() throws Exception {
    try (AgentHttpServer server = start();
        Socket socket = connect(server)) {
      say(socket, "GET /a HTTP/1.1\r\n" + "X: y\r\n".repeat(2_000));
      assertThat(all(socket)).doesNotContain("200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "get /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /a  HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a HTTP/1.1\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\n Folded: y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\rX: y\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  void whatIsNoRequestIsRefused(String sent) throws Exception {
    try (AgentHttpServer server = start();
        Socket socket = connect(server)) {
      say(socket, sent);
      assertThat(all(socket)).startsWith("HTTP/1.1 400 ").doesNotContain("200 OK");
    }
  }

  /// A web page that points its name at the agent must not reach it through its readers' browsers.
  @Test
  void onlyNamesThatNobodyElseOwnsAreResponded() throws Exception {
    try (AgentHttpServer server = start();
        Socket socket = connect(server)) {
      say(socket, head("GET /a HTTP/1.1", "Host: evil.example"));
      say(socket, head("GET /b HTTP/1.1", "Host: weir_agent:7070", "Connection: close"));
      assertThat(all(socket))
          .startsWith("HTTP/1.1 421 ")
          .doesNotContain("\"/a\"")
          .contains("200 OK", "\"/b\"");
    }
  }

  /// A body is not read, so nothing after it can be taken for a request.
  @Test
  void nothingFollowsABody() throws Exception {
    try (AgentHttpServer server = start();
        Socket socket = connect(server)) {
      String body = head("GET /b HTTP/1.1", "Host: x");
      say(socket, head("POST /a HTTP/1.1", "Host: x", "Content-Length: 27") + body);
      assertThat(all(socket)).contains("\"/a\"").doesNotContain("\"/b\"");
    }
  }

  private static void assertRespondedAtOnce(AgentHttpServer server) throws IOException {
    long startNanos = System.nanoTime();
    try (Socket socket = connect(server)) {
      say(socket, "GET /honest HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(all(socket)).contains("\"/honest\"");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
  }

  private static AgentHttpServer start() throws IOException {
    return Servers.start(request -> new HeldResponse(200, "\"" + request.target() + "\""));
  }

  private static Socket connect(AgentHttpServer server) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), Servers.port(server));
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String all(Socket socket) throws IOException {
    var said = new StringBuilder();
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n = socket.getInputStream().read(buffer); n > 0; ) {
        said.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
        n = socket.getInputStream().read(buffer);
      }
    } catch (java.net.SocketException e) {
      // Cut off with bytes of ours unread: what was said before counts.
      assertThat(e).hasMessageContaining("reset");
    }
    return said.toString();
  }
}
