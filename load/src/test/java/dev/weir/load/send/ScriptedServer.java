package dev.weir.load.send;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A server on the loopback that responds to each request with the bytes a test gives it.
final class ScriptedServer implements AutoCloseable {
  /// What to do with one request.
  @FunctionalInterface
  interface Script {
    /// Responds to request `number` of the server, the first being 0.
    ///
    /// @return whether to keep the connection
    boolean respond(int number, Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final boolean tls;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  ScriptedServer(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script, false);
  }

  ScriptedServer(ServerSocketFactory factory, Script script, boolean tls) throws IOException {
    this.server = factory.createServerSocket(0, 512, InetAddress.getLoopbackAddress());
    this.script = script;
    this.tls = tls;
    Thread.ofVirtual().start(this::accept);
  }

  /// Always gives the same response.
  static ScriptedServer saying(String response, boolean keep) throws IOException {
    return new ScriptedServer((_, socket) -> {
      say(socket, response);
      return keep;
    });
  }

  static void say(Socket socket, String response) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(response.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  String url() {
    return "%s://localhost:%d/".formatted(tls ? "https" : "http", server.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  List<String> heads() {
    return heads;
  }

  /// Takes no more connections and ends those it has.
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed by the test.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean keep = true;
      while (keep) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        heads.add(head);
        in.skipNBytes(length(head));
        keep = script.respond(requests.getAndIncrement(), socket);
      }
    } catch (IOException _) {
      // The client went away.
    } finally {
      open.remove(socket);
    }
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
        .findFirst()
        .orElse(0);
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    int b = in.read();
    while (b >= 0) {
      head.append((char) b);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
      b = in.read();
    }
    return "";
  }
}
