package dev.weir.observe.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Answers requests without a body over HTTP/1.1, in plain or with mutual TLS.
public final class SmallServer implements AutoCloseable {
  /*
   * Java's own HTTPS server looks up the name of every client before the handshake, and where no
   * name server answers, as in a container, each connection then waits longer than its client does.
   * It also takes its limits from properties of the whole process. What an agent needs is little.
   *
   * Each connection has a virtual thread. Whoever has not shown a certificate and a whole request
   * after some seconds is cut off, however busily it sends bytes.
   */
  private static final int CONNECTIONS_MAX = 256;
  private static final int BACKLOG = 64;
  private static final int HEAD_BYTES_MAX = 8 << 10;
  private static final Duration REQUEST_MAX = Duration.ofSeconds(10);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int BAD_REQUEST = 400;

  private final ServerSocket listening;
  private final Optional<SSLSocketFactory> tls;
  private final Pages pages;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-agent-watch").factory());

  private SmallServer(ServerSocket listening, Optional<SSLSocketFactory> tls, Pages pages) {
    this.listening = listening;
    this.tls = tls;
    this.pages = pages;
  }

  /// Listens and answers.
  ///
  /// @throws IOException if the address cannot be had
  public static SmallServer start(
      InetSocketAddress address, Optional<TlsIdentity> identity, Pages pages) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var server =
        new SmallServer(socket, identity.map(one -> one.server().getSocketFactory()), pages);
    Thread.ofPlatform().daemon().name("weir-agent-accept").start(server::accept);
    return server;
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  /// Cuts all connections.
  @Override
  public void close() {
    cut(listening);
    connections.forEach(SmallServer::cut);
    watch.shutdownNow();
  }

  /// Layered over the plain connection, which can be cut without waiting for the other side.
  private Socket secured(Socket plain) throws IOException {
    if (tls.isEmpty()) {
      return plain;
    }
    var socket = (SSLSocket) tls.get().createSocket(plain, (InputStream) null, true);
    socket.setNeedClientAuth(true);
    socket.startHandshake();
    return socket;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        if (connections.size() >= CONNECTIONS_MAX) {
          cut(socket);
          continue;
        }
        connections.add(socket);
        Thread.ofVirtual().name("weir-agent-connection").start(() -> serve(socket));
      } catch (IOException _) {
        // Closed, or out of files: then the next one may do.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      Future<?> first = cutAfter(plain, REQUEST_MAX);
      Socket socket = secured(plain);
      var in = new BufferedInputStream(socket.getInputStream());
      boolean more = answer(plain, socket, in, first);
      while (more) {
        plain.setSoTimeout((int) IDLE_MAX.toMillis());
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        more = answer(plain, socket, in, cutAfter(plain, REQUEST_MAX));
      }
    } catch (IOException _) {
      // It hung up, was cut off, or has no certificate: it knows.
    } finally {
      connections.remove(plain);
    }
  }

  /// Answers one request; whether another may follow.
  private boolean answer(Socket plain, Socket socket, InputStream in, Future<?> cut)
      throws IOException {
    Optional<String> head = head(in);
    cut.cancel(false);
    if (head.isEmpty()) {
      return false;
    }
    String[] words = head.get().lines().findFirst().orElse("").split(" ", -1);
    boolean formed =
        words.length == 3 && words[1].startsWith("/") && words[2].startsWith("HTTP/1.");
    String fields = head.get().toLowerCase(Locale.ROOT);
    boolean bodied =
        fields.contains("\ncontent-length:") || fields.contains("\ntransfer-encoding:");
    boolean stays =
        formed && !bodied && words[2].equals("HTTP/1.1") && !fields.contains("\nconnection: close");
    Page page =
        formed
            ? pages.answer(words[0], words[1])
            : new Page(BAD_REQUEST, "{\"error\":\"no HTTP/1.1 request\"}");
    Future<?> late = cutAfter(plain, ANSWER_MAX);
    send(socket, page, stays);
    late.cancel(false);
    return stays;
  }

  private static void send(Socket socket, Page page, boolean stays) throws IOException {
    byte[] body = (page.document() + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        """
        HTTP/1.1 %d %s
        Content-Type: application/json
        Cache-Control: no-store
        Content-Length: %d
        Connection: %s
        %s
        """
            .formatted(
                page.status(),
                page.status() == 200 ? "OK" : "Refused",
                body.length,
                stays ? "keep-alive" : "close",
                page.status() == 405 ? "Allow: GET\n" : "")
            .replace("\n", "\r\n");
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    socket.getOutputStream().write(whole);
    socket.getOutputStream().flush();
  }

  /// Everything up to the empty line; empty if the client hung up, or sends too much.
  private static Optional<String> head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < HEAD_BYTES_MAX) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (next != '\r') {
        head.append((char) next);
      }
      if (next == '\n' && head.length() > 1 && head.charAt(head.length() - 2) == '\n') {
        return Optional.of(head.toString());
      }
    }
    return Optional.empty();
  }

  private Future<?> cutAfter(Socket socket, Duration time) {
    return watch.schedule(() -> cut(socket), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void cut(Closeable socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Then it is closed already, as far as anybody can tell.
    }
  }

  /// What is answered.
  @FunctionalInterface
  public interface Pages {
    /// Answers one request.
    ///
    /// @param target the path and, after a question mark, the query
    Page answer(String method, String target);
  }

  /// An answer.
  ///
  /// @param status 200, or why not
  /// @param document JSON
  public record Page(int status, String document) {}
}
