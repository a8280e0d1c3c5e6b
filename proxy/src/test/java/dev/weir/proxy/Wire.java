package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One end of a connection, spoken to byte by byte: a client of the proxy, or a replica's side.
public final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    out = socket.getOutputStream();
  }

  /// Connects to a server on this machine.
  public static Wire to(InetSocketAddress address) throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), address.getPort()));
  }

  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /// The next head, its empty line included; empty at the end of the connection.
  public String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int b = in.read();
      if (b < 0) {
        if (head.isEmpty()) {
          return "";
        }
        throw new EOFException("the connection ended within a head: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /// The body that `head` announces, with chunks taken apart.
  byte[] body(String head) throws IOException {
    String length = field(head, "content-length");
    if (!length.isEmpty()) {
      return exactly(Integer.parseInt(length));
    }
    if (field(head, "transfer-encoding").isEmpty()) {
      return new byte[0];
    }
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.write(exactly(size));
      if (!line().isEmpty()) {
        throw new IOException("a chunk does not end where its size says");
      }
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  /// Reads a whole response: its head, then its body.
  public String response() throws IOException {
    String head = head();
    return head + new String(body(head), StandardCharsets.ISO_8859_1);
  }

  byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("ended after %d of %d bytes".formatted(bytes.length, count));
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      if (b == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        return line.substring(0, line.length() - 1);
      }
      line.append((char) b);
    }
  }

  /// Sends this over a connection of its own.
  ///
  /// @return what comes back until nothing has come for so long, or the connection ends or is cut
  static String whatComesBack(InetSocketAddress address, int patienceMillis, byte[]... sent)
      throws IOException {
    var got = new StringBuilder();
    var some = new byte[8 * 1024];
    try (var wire = to(address)) {
      for (byte[] bytes : sent) {
        wire.send(bytes);
      }
      wire.socket.setSoTimeout(patienceMillis);
      for (int count = wire.in.read(some); count > 0; count = wire.in.read(some)) {
        got.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException | SocketException e) {
      // the other end waits for more, or refused it: what came by then counts
    }
    return got.toString();
  }

  /// All that comes until the connection ends.
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Closes this side; the other may go on sending.
  Wire endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Waits for a byte for as long as somebody would who then gives up.
  void lookInVain(int millis) throws IOException {
    socket.setSoTimeout(millis);
    assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /// The value of a field of a head, or empty.
  static String field(String head, String name) {
    for (String line : head.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return "";
  }

  /// Resets the connection, as a process that was killed does.
  void reset() throws IOException {
    if (!socket.isClosed()) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException e) {
        assertThat(socket.isClosed()).as("%s", e).isTrue(); // a thread of its own was faster
      }
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
