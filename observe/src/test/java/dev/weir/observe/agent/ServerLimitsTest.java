package dev.weir.observe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.observe.wire.SmallServer;
import dev.weir.observe.wire.SmallServer.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the agent's server does with those who do not ask properly.
@Timeout(60)
final class ServerLimitsTest {
  @Test
  void manyRequestsShareAConnection() throws Exception {
    try (SmallServer server = start();
        Socket socket = connect(server)) {
      say(socket, "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n");
      String said = all(socket);
      assertThat(said).containsSubsequence("200 OK", "\"/a\"", "200 OK", "\"/b\"");
      assertThat(said).contains("Connection: keep-alive", "Connection: close");
    }
  }

  @Test
  void aHeadWithoutEndIsCutOff() throws Exception {
    try (SmallServer server = start();
        Socket socket = connect(server)) {
      say(socket, "GET /a HTTP/1.1\r\n" + "X: y\r\n".repeat(2_000));
      assertThat(all(socket)).isEmpty();
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    try (SmallServer server = start();
        Socket socket = connect(server)) {
      say(socket, "hello\r\n\r\n");
      assertThat(all(socket)).startsWith("HTTP/1.1 400 ");
    }
  }

  /// A body is not read, so nothing after it can be taken for a request.
  @Test
  void nothingFollowsABody() throws Exception {
    try (SmallServer server = start();
        Socket socket = connect(server)) {
      say(socket, "POST /a HTTP/1.1\r\nContent-Length: 20\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
      assertThat(all(socket)).contains("\"/a\"").doesNotContain("\"/b\"");
    }
  }

  private static SmallServer start() throws IOException {
    return SmallServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.empty(),
        (method, target) -> new Page(200, "\"" + target + "\""));
  }

  private static Socket connect(SmallServer server) throws IOException {
    var socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String all(Socket socket) throws IOException {
    var said = new StringBuilder();
    byte[] buffer = new byte[1024];
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
