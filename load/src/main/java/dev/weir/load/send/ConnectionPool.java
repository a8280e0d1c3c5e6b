package dev.weir.load.send;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open connections that carry nothing, and the demand for more of them.
///
/// Any thread may take one. Everything else happens on the response loop's thread.
final class ConnectionPool {
  /*
   * First in, first out: the requests of a run go round all idle connections. A balancer that
   * assigns connections rather than requests (Swarm's own mesh) then spreads them as it would those
   * of separate clients, and a server that serves one connection after another is asked in the
   * order in which it accepted.
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

  /// How long it takes to open a connection, smoothed.
  long dialNanos() {
    return dialNanos;
  }

  /// Gives back a connection that is free.
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

  /// Notes that a dial gave a connection.
  void opened(long tookNanos) {
    dialing--;
    open++;
    dialNanos = dialNanos == 0 ? tookNanos : dialNanos + (tookNanos - dialNanos) / 8;
  }

  /// Notes that a dial failed; spare ones are not tried again at once.
  void failed(long nowNanos) {
    dialing--;
    backOff(nowNanos);
  }

  /// Notes that an open connection is no more.
  ///
  /// @param carried whether it was ever used: one that never was points to a server that does not
  ///   want spare connections
  void closed(boolean carried, long nowNanos) {
    open--;
    if (!carried) {
      backOff(nowNanos);
    }
  }

  /// Notes that a response came: the server is well.
  void responded() {
    backoffNanos = 0;
    backoffUntilNanos = 0;
  }

  /// Opens what is missing: one for each waiting request, and the spare ones.
  ///
  /// @param waiting requests that are due and have none
  /// @param upcoming requests that will be due before another could be opened
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
      // Such as an unresolved address; a dial must never be lost from the count.
      notes.accept(new LoopMessage.DialFailed("connect"));
    }
  }

  private void backOff(long nowNanos) {
    backoffNanos = Math.clamp(backoffNanos * 2, BACKOFF_MIN_NANOS, BACKOFF_MAX_NANOS);
    backoffUntilNanos = nowNanos + backoffNanos;
  }
}
