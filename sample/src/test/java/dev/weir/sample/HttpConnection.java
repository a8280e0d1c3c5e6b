package dev.weir.sample;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive connection to a server under test, which shows each response's head as it came.
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  HttpConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// Sends a request; `headers` are whole lines.
  void send(String method, String path, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    String request = "%s %s HTTP/1.1\r\nHost: test\r\n%s\r\n".formatted(method, path, more);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Reads the response to the oldest request that has none yet.
  Response receive() throws IOException {
    var head = new StringBuilder();
    String line = line();
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    int length = 0;
    while (!line.isEmpty()) {
      head.append(line.toLowerCase(Locale.ROOT)).append('\n');
      line = line();
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return new Response(
        status, head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  Response get(String path, String... headers) throws IOException {
    send("GET", path, headers);
    return receive();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("connection closed after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /// A response; the head is in lower case.
  record Response(int status, String head, String body) {
    long cpuMicros() {
      String after = head.substring(head.indexOf("x-cpu-micros: ") + 14);
      return Long.parseLong(after.substring(0, after.indexOf('\n')));
    }
  }
}
