import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection of a normal client: sends GETs one after another and waits for each response.
final class HttpCall implements AutoCloseable {
  private final Socket socket = new Socket();
  private InputStream in;
  private boolean heard;
  private boolean closes;

  /// Connects to a port of 127.0.0.1.
  ///
  /// @param end when to give up, as System.nanoTime() says it
  HttpCall(int port, long end) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis(end));
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static int millis(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) left;
  }

  /// Whether a byte of the last response came.
  boolean heard() {
    return heard;
  }

  /// Whether another request may follow.
  boolean lasts() {
    return !closes;
  }

  /// Sends a GET, and reads the whole response.
  ///
  /// @param last whether no other request follows
  /// @return the status
  int get(String path, boolean last, long end) throws IOException {
    String head = "GET " + path + " HTTP/1.1\r\nHost: weir.test\r\n";
    send(
        (head + (last ? "Connection: close\r\n\r\n" : "\r\n"))
            .getBytes(StandardCharsets.ISO_8859_1));
    String response = head(end);
    body(response, end);
    closes |= last;
    return status(response);
  }

  /// Sends these bytes.
  void send(byte[] bytes) throws IOException {
    heard = false;
    socket.getOutputStream().write(bytes);
  }

  /// Reads the head of a final response, and returns it in lower case.
  String head(long end) throws IOException {
    while (true) {
      String response = lines(end).toLowerCase(Locale.ROOT);
      int status = status(response);
      if (status >= 200 || status == 101) {
        closes = response.contains("\r\nconnection: close\r\n");
        return response;
      }
    }
  }

  static int status(String response) {
    return Integer.parseInt(response.substring(9, 12));
  }

  /// Reads the body that belongs to a head.
  void body(String response, long end) throws IOException {
    String length = RequestReader.field(response, "content-length");
    if (length != null) {
      skip(Long.parseLong(length), end);
    } else if (response.contains("\r\ntransfer-encoding: chunked\r\n")) {
      chunks(end);
    } else {
      closes = true;
    }
  }

  /// Reads so many bytes.
  void skip(long bytes, long end) throws IOException {
    var buffer = new byte[(int) Math.min(bytes, 16_384)];
    for (long left = bytes; left > 0; ) {
      socket.setSoTimeout(millis(end));
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("closed");
      }
      left -= count;
    }
  }

  private void chunks(long end) throws IOException {
    long lastFive = 0;
    while (lastFive != 0x300d0a0d0aL) {
      lastFive = (lastFive << 8 | next(end)) & 0xffffffffffL;
    }
  }

  private String lines(long end) throws IOException {
    var text = new StringBuilder();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int next = next(end);
      heard = true;
      last = last << 8 | next;
      text.append((char) next);
      if (text.length() > 65_536
          || (text.length() == 12 && !text.toString().matches("HTTP/1\\.[01] [0-9]{3}"))) {
        throw new IOException("no HTTP");
      }
    }
    return text.toString();
  }

  private int next(long end) throws IOException {
    if (in.available() == 0) {
      socket.setSoTimeout(millis(end));
    }
    int next = in.read();
    if (next < 0) {
      throw new EOFException("closed");
    }
    return next;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  /// What went wrong, in a word or two.
  static String reason(IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof SocketTimeoutException
        ? "timeout"
        : text.contains("refused")
            ? "refused"
            : text.contains("reset") || text.contains("broken pipe")
                ? "reset"
                : text.contains("closed") ? "closed" : text;
  }
}
