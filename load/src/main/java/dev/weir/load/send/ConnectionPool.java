package dev.weir.load.send;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The idle connections, and the demand for more.
///
/// Any thread may take one. Everything else runs on the response loop's thread.
final class ConnectionPool {
  /*
   * First in, first out: requests rotate over all idle connections. A balancer that assigns
   * connections rather than requests (such as Swarm's mesh) then spreads them like those of
   * separate clients. A server that serves one connection after another gets them in the order in
   * which it accepted.
   */
  private static final int SPARE_MIN = 8;
  private static final int DIALING_MAX = 64;
  private static final long BACKOFF_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long BACKOFF_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Connector connector;
  private final int connectionsMax;
  private final Consumer<LoopMessage> notes;
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  private int open;
  private int dialing;
  private long backoffNanos;
  private long backoffUntilNanos;
  private long dialNanos;

  ConnectionPool(Connector connector, int connectionsMax, Consumer<LoopMessage> notes) {
    this.connector = connector;
    this.connectionsMax = connectionsMax;
    this.notes = notes;
  }

  /// Takes an idle connection, or null if there is none.
  @Nullable Connection take() {
    while (true) {
      Connection connection = idle.poll();
      if (connection == null) {
        return null;
      }
      idleCount.decrementAndGet();
      if (connection.take()) {
        return connection;
      }
    }
  }

  int idle() {
    return idleCount.get();
  }

  /// The smoothed time to open a connection.
  long dialNanos() {
    return dialNanos;
  }

  /// Returns a free connection.
  void offer(Connection connection) {
    idleCount.incrementAndGet();
    idle.add(connection);
  }

  /// Forgets an idle connection that the server closed.
  void withdraw(Connection connection) {
    if (idle.remove(connection)) {
      idleCount.decrementAndGet();
    }
  }

  /// A connection was opened.
  void opened(long tookNanos) {
    dialing--;
    open++;
    dialNanos = dialNanos == 0 ? tookNanos : dialNanos + (tookNanos - dialNanos) / 8;
  }

  /// A connection could not be opened; spare ones wait a while before the next attempt.
  void failed(long nowNanos) {
    dialing--;
    backOff(nowNanos);
  }

  /// An open connection was closed.
  ///
  /// @param carried whether it ever carried a request; if not, the server may not want spare
  ///   connections
  void closed(boolean carried, long nowNanos) {
    open--;
    if (!carried) {
      backOff(nowNanos);
    }
  }

  /// A response came, so the server works.
  void responded() {
    backoffNanos = 0;
    backoffUntilNanos = 0;
  }

  /// Opens missing connections: one for each waiting request, and the spare ones.
  ///
  /// @param waiting due requests without a connection
  /// @param upcoming requests that come due before another connection could be opened
  /// @param left requests of the schedule still to be sent
  void refill(int waiting, int upcoming, int left, long nowNanos) {
    int spare = Math.min(left, Math.max(SPARE_MIN, upcoming));
    boolean resting = backoffUntilNanos != 0 && nowNanos - backoffUntilNanos < 0;
    int wanted = waiting + (resting ? 0 : spare - idle()) - dialing;
    int allowed = Math.min(connectionsMax - open - dialing, DIALING_MAX - dialing);
    for (int i = Math.min(wanted, allowed); i > 0; i--) {
      dialing++;
      Thread.ofVirtual().name("weir-dial").start(this::dial);
    }
  }

  private void dial() {
    long startNanos = System.nanoTime();
    try {
      Transport transport = connector.dial();
      notes.accept(new LoopMessage.Opened(transport, System.nanoTime() - startNanos));
    } catch (IOException e) {
      notes.accept(new LoopMessage.DialFailed(Connector.kind(e)));
    } catch (RuntimeException _) {
      // An unresolved address, for example; every dial must report its end.
      notes.accept(new LoopMessage.DialFailed("connect"));
    }
  }

  private void backOff(long nowNanos) {
    backoffNanos = Math.clamp(backoffNanos * 2, BACKOFF_MIN_NANOS, BACKOFF_MAX_NANOS);
    backoffUntilNanos = nowNanos + backoffNanos;
  }
}
