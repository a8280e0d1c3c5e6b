package dev.weir.observe.http;

import dev.weir.base.Checks;
import dev.weir.base.ConnectionLimit;
import dev.weir.base.HostNames;
import dev.weir.base.SendBudget;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;

/// Serves requests over HTTP/1.1, plain or with mutual TLS; a body is read only where its pages
/// expect one. Its bounds of memory, time and connections also hold for hostile clients.
public final class AgentHttpServer implements AutoCloseable {
  /*
   * Java's own HTTPS server resolves the name of every client before the handshake. Without a name
   * server, as in a container, each connection then waits longer than its client does. It also
   * takes its limits from properties of the whole process. An agent needs only a little of HTTP.
   *
   * Each connection has a virtual thread. A client that has not shown a certificate and sent a
   * whole request after some seconds is cut off, even if it keeps sending bytes; when there are too
   * many connections, it is cut earlier.
   */
  private static final int CONNECTIONS_MAX = 256;
  private static final int PER_PEER_MAX = 64;
  private static final int STREAMS_MAX = 32;
  private static final int BODIES_MAX = 4;
  private static final long UNSENT_BYTES_MAX = 16 << 20;
  private static final long PAUSE_NANOS = 10_000_000;

  /// How many responses are rendered at once; others wait.
  final Semaphore making;

  /// How many endless responses may be open.
  final Semaphore streams = new Semaphore(STREAMS_MAX);

  /// How many requests with a body may be in memory; others wait.
  final Semaphore bodies = new Semaphore(BODIES_MAX);

  private final Listener listening;
  private final Optional<SSLSocketFactory> tls;
  private final HostNames hosts;
  private final Pages pages;
  private final Set<AcceptedConnection> open = ConcurrentHashMap.newKeySet();
  private final ConnectionLimit<AcceptedConnection> connections =
      new ConnectionLimit<>(CONNECTIONS_MAX, PER_PEER_MAX);
  private final SendBudget<AcceptedConnection> unsent = new SendBudget<>(UNSENT_BYTES_MAX);
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("weir-agent-watch").factory());
  private volatile boolean closed;

  private AgentHttpServer(Listener listening, Access access, Pages pages) {
    this.listening = listening;
    this.tls = access.tls().map(one -> one.server().getSocketFactory());
    this.hosts = access.hosts();
    this.pages = pages;
    this.making = new Semaphore(access.atOnce());
    // Otherwise the timers of finished requests keep their connections in memory.
    watch.setRemoveOnCancelPolicy(true);
  }

  /// Serves clients until closed; `listening` is closed with it.
  public static AgentHttpServer start(Listener listening, Access access, Pages pages) {
    var server = new AgentHttpServer(listening, access, pages);
    Thread.ofPlatform().daemon().name("weir-agent-accept").start(server::accept);
    return server;
  }

  /// Where it listens.
  public SocketAddress address() {
    return listening.address();
  }

  /// Cuts all connections.
  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
    } catch (IOException _) {
      // Already closed, as far as we know.
    }
    open.forEach(AcceptedConnection::close);
    watch.shutdownNow();
  }

  private void accept() {
    while (!closed) {
      try {
        AcceptedConnection link = listening.accept();
        open.add(link);
        connections.add(link, link.peer()).ifPresent(AcceptedConnection::close);
        var connection = new ServerConnection(this, link, tls);
        Thread.ofVirtual().name("weir-agent-connection").start(() -> serve(connection, link));
      } catch (IOException _) {
        // Closed, or out of file descriptors: the next one may succeed.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void serve(ServerConnection connection, AcceptedConnection link) {
    try (link) {
      connection.serve();
    } catch (IOException | RejectedExecutionException _) {
      // It hung up, was cut off, or has no certificate, which it knows; or the server was closed.
    } finally {
      connections.remove(link);
      unsent.remove(link);
      open.remove(link);
    }
  }

  /// A connection has shown a certificate, if required, and sent a whole request.
  void requested(AcceptedConnection link) {
    connections.requested(link);
  }

  /// These bytes are about to be sent; if too many are pending, the slowest readers are closed.
  void sending(AcceptedConnection link, int bytes) {
    unsent.add(link, bytes).forEach(AcceptedConnection::close);
  }

  /// The bytes were sent.
  void sent(AcceptedConnection link) {
    unsent.remove(link);
  }

  /// How many bytes of a request's body are read; 0 leaves a body unread.
  int bodyBytesMax(Request head) {
    return hosts.allow(head.host()) ? pages.bodyBytesMax(head) : 0;
  }

  /// Renders a response.
  Response respond(Request request) {
    return hosts.allow(request.host())
        ? pages.respond(request)
        : HeldResponse.error(421, "no pages for this host: ask by address, or allow the name");
  }

  /// Runs `end` after a time, unless the timer is closed before.
  Timer after(Duration time, Runnable end) {
    return new Timer(watch.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// An action that runs unless it is closed in time.
  record Timer(Future<?> due) implements AutoCloseable {
    @Override
    public void close() {
      due.cancel(false);
    }
  }

  /// Serves the requests.
  @FunctionalInterface
  public interface Pages {
    /// Responds to one request.
    Response respond(Request request);

    /// How long the body of the request with this head may be, in bytes; 0 leaves a body unread.
    default int bodyBytesMax(Request head) {
      return 0;
    }
  }

  /// Which clients are served, and how.
  ///
  /// @param tls the server's side of mutual TLS; empty for plain connections
  /// @param hosts the host names that it accepts
  /// @param atOnce how many responses may be made at once
  public record Access(Optional<TlsIdentity> tls, HostNames hosts, int atOnce) {
    public Access {
      Checks.atLeast(1, atOnce, "responses at once");
    }
  }
}
