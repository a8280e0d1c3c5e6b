package dev.weir.swarm.engine;

import dev.weir.testing.RealTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What poses as an Engine on a real port: it greets as one, and then writes what a test says,
/// without end if that is what it says.
final class HostileServer implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(20);

  /// How much it writes in one go.
  private static final int PIECE_BYTES = 16 << 10;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong written = new AtomicLong();
  private final Script script;
  private final boolean greeting;

  /// What it writes for one request.
  @FunctionalInterface
  interface Script {
    void write(Out out) throws IOException, InterruptedException;
  }

  /// @param greeting whether pings get a response as an Engine's; else by the script too
  HostileServer(boolean greeting, Script script) throws IOException {
    this.greeting = greeting;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  EngineAddress address() {
    return EngineAddress.parse("tcp://127.0.0.1:" + server.getLocalPort());
  }

  /// How many bytes it has got rid of.
  long written() {
    return written.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        boolean ping = line.contains("/_ping");
        while (!String.valueOf(in.readLine()).isEmpty()) {
          // The rest of the head.
        }
        var out = new Out(socket.getOutputStream());
        if (ping && greeting) {
          out.write("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK");
        } else {
          script.write(out);
        }
      }
    } catch (IOException | UncheckedIOException | InterruptedException _) {
      // The client went.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /// Where a script writes.
  final class Out {
    private final OutputStream stream;

    Out(OutputStream stream) {
      this.stream = stream;
    }

    void write(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      stream.write(bytes);
      stream.flush();
      written.addAndGet(bytes.length);
    }

    /// The head of a response whose content ends with the connection.
    void head() throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
    }

    /// Writes the same again and again until the client goes.
    void forEver(String text) throws IOException {
      String piece = text.repeat(Math.max(1, PIECE_BYTES / text.length()));
      while (true) {
        write(piece);
      }
    }

    /// Writes a byte now and then until the client goes.
    void drip(String text) throws IOException {
      while (true) {
        write(text);
        waitAMoment();
      }
    }
  }

  /// As long as a slow server takes for its next byte.
  static void waitAMoment() {
    RealTime.pass(MOMENT);
  }
}
