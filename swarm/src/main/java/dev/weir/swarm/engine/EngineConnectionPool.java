package dev.weir.swarm.engine;

import dev.weir.base.ServerName;
import dev.weir.swarm.engine.EngineException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// The connections to one Engine: some idle ones, and a bound on all.
final class EngineConnectionPool implements AutoCloseable {
  static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int OPEN_MAX = 256;
  private static final int IDLE_MAX = 8;
  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();
  private static final long IDLE_NANOS_MAX = Duration.ofSeconds(30).toNanos();

  private final EngineAddress address;
  private final Optional<ClientTls> tls;
  private final Optional<SshTunnel> tunnel;
  private final Deque<EngineConnection> idle = new ArrayDeque<>();
  private final Set<EngineConnection> busy = new HashSet<>();
  private boolean closed;

  EngineConnectionPool(EngineAddress address) {
    this.address = address;
    this.tls =
        address instanceof EngineAddress.Tcp tcp ? tcp.tls().map(ClientTls::of) : Optional.empty();
    this.tunnel =
        address instanceof EngineAddress.Ssh ssh
            ? Optional.of(SshTunnel.to(ssh))
            : Optional.empty();
  }

  /// An idle connection that is still open, or a new one.
  EngineConnection take() {
    for (EngineConnection kept = poll(); kept != null; kept = poll()) {
      long idleNanos = System.nanoTime() - kept.idleSinceNanos();
      // Testing a socket costs a millisecond; one that was just in use needs no test.
      boolean fit = idleNanos < FRESH_NANOS || (idleNanos < IDLE_NANOS_MAX && !kept.isStale());
      if (fit) {
        return kept;
      }
      drop(kept);
    }
    return fresh();
  }

  /// A new connection.
  EngineConnection fresh() {
    check();
    EngineConnection connection = open();
    synchronized (this) {
      if (!closed) {
        busy.add(connection);
        return connection;
      }
    }
    connection.close();
    throw closed();
  }

  /// Takes back a reusable connection.
  void keep(EngineConnection connection) {
    connection.idleSince(System.nanoTime());
    synchronized (this) {
      if (!closed && idle.size() < IDLE_MAX && busy.remove(connection)) {
        idle.push(connection);
        return;
      }
    }
    drop(connection);
  }

  /// Closes a connection.
  void drop(EngineConnection connection) {
    synchronized (this) {
      busy.remove(connection);
    }
    connection.close();
  }

  @Override
  public void close() {
    Set<EngineConnection> all;
    boolean first;
    synchronized (this) {
      first = !closed;
      closed = true;
      all = new HashSet<>(busy);
      all.addAll(idle);
      busy.clear();
      idle.clear();
    }
    all.forEach(EngineConnection::close);
    if (first) {
      tunnel.ifPresent(SshTunnel::leave);
    }
  }

  private synchronized @Nullable EngineConnection poll() {
    EngineConnection connection = idle.poll();
    if (connection != null) {
      busy.add(connection);
    }
    return connection;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /// The error for a request after the end.
  EngineException closed() {
    return new EngineException(
        Reason.CLOSED, 0, "closed", "%s: the connection has been closed".formatted(address));
  }

  private synchronized void check() {
    if (closed) {
      throw closed();
    }
    if (busy.size() >= OPEN_MAX) {
      throw new EngineException(
          Reason.REFUSED,
          0,
          "too many requests",
          "%s: %d requests are under way, which is the most (wait for some to end)"
              .formatted(address, OPEN_MAX));
    }
  }

  private EngineConnection open() {
    try {
      return switch (address) {
        case EngineAddress.Unix(var path) -> {
          Socket socket = new UnixSocket(path);
          yield new EngineConnection(socket, socket);
        }
        case EngineAddress.Tcp tcp -> open(tcp);
        case EngineAddress.Ssh _ -> open(tunnel.orElseThrow());
      };
    } catch (IOException e) {
      throw EngineErrors.unconnected(address, e);
    }
  }

  /// The connection may have broken without notice: then it is opened again, once.
  private static EngineConnection open(SshTunnel through) throws IOException {
    Socket socket;
    try {
      socket = new UnixSocket(through.socket());
    } catch (IOException e) {
      if (through.isOpen()) {
        throw e;
      }
      socket = new UnixSocket(through.socket());
    }
    return new EngineConnection(socket, socket);
  }

  /// The failure of a first request, with what is known of its cause.
  EngineException explained(EngineException failure) {
    return tunnel.map(through -> through.explained(failure)).orElse(failure);
  }

  private EngineConnection open(EngineAddress.Tcp at) throws IOException {
    var socket = new Socket();
    try {
      var to = new InetSocketAddress(at.host(), at.port());
      if (to.isUnresolved()) {
        throw new UnknownHostException(at.host());
      }
      socket.connect(to, (int) CONNECT.toMillis());
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      return new EngineConnection(socket, tls.isEmpty() ? socket : secured(socket, at, tls.get()));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, EngineAddress.Tcp at, ClientTls tls)
      throws IOException {
    SSLSocketFactory factory = tls.context().getSocketFactory();
    socket.setSoTimeout((int) CONNECT.toMillis());
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, at.host(), at.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    ServerName.ask(parameters, at.host());
    if (tls.isVerifying()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secured.setSSLParameters(parameters);
    try (var _ = Deadline.of(CONNECT, socket)) {
      secured.startHandshake();
    } catch (IOException e) {
      throw EngineErrors.tls(at, e);
    }
    return secured;
  }
}
