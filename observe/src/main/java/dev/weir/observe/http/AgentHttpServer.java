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

/// Responds to requests without a body over HTTP/1.1, in plain or with mutual TLS, within bounds of
/// memory, time and connections that hold for hostile clients too.
public final class AgentHttpServer implements AutoCloseable {
  /*
   * Java's own HTTPS server looks up the name of every client before the handshake, and where no
   * name server responds, as in a container, each connection then waits longer than its client does.
   * It also takes its limits from properties of the whole process. What an agent needs is little.
   *
   * Each connection has a virtual thread. Whoever has not shown a certificate and a whole request
   * after some seconds is cut off, however busily it sends bytes, and before that makes room for
   * others when there are too many.
   */
  private static final int CONNECTIONS_MAX = 256;
  private static final int PER_PEER_MAX = 64;
  private static final int STREAMS_MAX = 32;
  private static final long UNSENT_BYTES_MAX = 16 << 20;
  private static final long PAUSE_NANOS = 10_000_000;

  /// How many responses are made at once; the others wait.
  final Semaphore making;

  /// How many may go on without end.
  final Semaphore streams = new Semaphore(STREAMS_MAX);

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
    // Else the timers of finished requests hold their connections in memory.
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
      // Closed already, as far as we know.
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
        // Closed, or out of files: then the next one may do.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void serve(ServerConnection connection, AcceptedConnection link) {
    try (link) {
      connection.serve();
    } catch (IOException | RejectedExecutionException _) {
      // It hung up, was cut off, or has no certificate: it knows. Or the server was closed.
    } finally {
      connections.remove(link);
      unsent.remove(link);
      open.remove(link);
    }
  }

  /// A connection has shown a certificate, where one is asked for, and made a whole request.
  void requested(AcceptedConnection link) {
    connections.requested(link);
  }

  /// So many bytes are about to be sent; the slowest readers go if there are too many.
  void sending(AcceptedConnection link, int bytes) {
    unsent.add(link, bytes).forEach(AcceptedConnection::close);
  }

  /// They were.
  void sent(AcceptedConnection link) {
    unsent.remove(link);
  }

  /// Makes the responses.
  Response respond(Request request) {
    return hosts.allow(request.host())
        ? pages.respond(request)
        : HeldResponse.error(421, "no pages for this host: ask by address, or allow the name");
  }

  /// Does something when a time is over, unless the timer is closed before.
  Timer after(Duration time, Runnable end) {
    return new Timer(watch.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// What happens unless it is closed in time.
  record Timer(Future<?> due) implements AutoCloseable {
    @Override
    public void close() {
      due.cancel(false);
    }
  }

  /// The requests.
  @FunctionalInterface
  public interface Pages {
    /// Responds to one request.
    Response respond(Request request);
  }

  /// The clients.
  ///
  /// @param tls the server's side of mutual TLS; empty for plain connections
  /// @param hosts the names under which it may be asked
  /// @param atOnce how many responses may be made at once
  public record Access(Optional<TlsIdentity> tls, HostNames hosts, int atOnce) {
    public Access {
      Checks.atLeast(1, atOnce, "responses at once");
    }
  }
}
