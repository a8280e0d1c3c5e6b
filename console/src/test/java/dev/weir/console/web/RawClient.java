package dev.weir.console.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A connection that sends exactly what a test says, and reads responses as they come.
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress server) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setReceiveBufferSize(32 << 10);
    socket.connect(server);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// One request on a connection of its own.
  static Response once(InetSocketAddress server, String head, String... fields) throws IOException {
    try (var client = new RawClient(server)) {
      return client.request(head, "", fields);
    }
  }

  /// One request with a body on a connection of its own.
  static Response post(InetSocketAddress server, String path, String body, String... fields)
      throws IOException {
    try (var client = new RawClient(server)) {
      return client.request("POST " + path, body, fields);
    }
  }

  /// @param line method and path, as in `GET /`
  /// @param fields whole lines; a Host of this server is added unless there is one
  Response request(String line, String body, String... fields) throws IOException {
    var head = new StringBuilder(line).append(" HTTP/1.1\r\n");
    List<String> all = List.of(fields);
    if (all.stream().noneMatch(field -> field.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1:").append(socket.getPort()).append("\r\n");
    }
    all.forEach(field -> head.append(field).append("\r\n"));
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    send(head + "\r\n" + body);
    return response(line.startsWith("HEAD "));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Reads a response; of an endless one, only the head.
  Response response(boolean withoutBody) throws IOException {
    String first = line();
    var fields = new ArrayList<String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    var response = new Response(Integer.parseInt(first.split(" ", -1)[1]), fields, "");
    int length = response.field("content-length").map(Integer::parseInt).orElse(0);
    boolean isEmpty = withoutBody || response.status() == 304;
    byte[] body = isEmpty ? new byte[0] : in.readNBytes(length);
    return new Response(response.status(), fields, new String(body, StandardCharsets.UTF_8));
  }

  /// The next line, without its end.
  String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  /// The next event of a stream, without comments: `id kind data`.
  List<String> event() throws IOException {
    var lines = new ArrayList<String>();
    for (String line = line(); lines.isEmpty() || !line.isEmpty(); line = line()) {
      if (line.startsWith("id: ") || !lines.isEmpty()) {
        lines.add(line.substring(line.indexOf(' ') + 1));
      }
    }
    return lines;
  }

  /// Whether the server closes the connection in time.
  boolean isClosedByServer() throws IOException {
    try {
      long _ = in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true; // reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// What came back.
  record Response(int status, List<String> fields, String body) {
    Response {
      fields = List.copyOf(fields);
    }

    Optional<String> field(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
          .map(field -> field.substring(start.length()).strip())
          .findFirst();
    }

    /// The cookie that it sets, as a request carries it.
    String cookie() {
      return "Cookie: " + field("set-cookie").orElseThrow().split(";", -1)[0];
    }
  }
}
