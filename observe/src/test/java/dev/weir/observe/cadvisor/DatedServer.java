package dev.weir.observe.cadvisor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/// A server on a machine whose clock is wrong: every response has its time, as Go's do.
final class DatedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Duration ahead;
  private final Function<Instant, String> page;

  private DatedServer(Duration ahead, Function<Instant, String> page) throws IOException {
    this.socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    this.ahead = ahead;
    this.page = page;
  }

  /// @param page its response at its own time
  static DatedServer start(Duration ahead, Function<Instant, String> page) throws IOException {
    var server = new DatedServer(ahead, page);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          respond(client);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void respond(Socket client) throws IOException {
    Instant now = Instant.now().plus(ahead);
    String body = page.apply(now);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    String response =
        "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(date, body.length(), body);
    client.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
