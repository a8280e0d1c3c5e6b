package dev.weir.load.send;

import dev.weir.load.pace.Pacer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes single requests to idle connections. Any thread may send.
final class RequestWriter {
  private final ByteBuffer message;
  private final ConnectionPool pool;
  private final Consumer<LoopMessage> notes;
  private final AtomicInteger waited = new AtomicInteger();

  RequestWriter(ByteBuffer message, ConnectionPool pool, Consumer<LoopMessage> notes) {
    this.message = message;
    this.pool = pool;
    this.notes = notes;
  }

  /// How many requests found no idle connection.
  int waited() {
    return waited.get();
  }

  /// Prepares request `number`, waits until it is due, and sends it. If no connection is idle, the
  /// response loop sends it later.
  void send(int number, long dueNanos, Pacer pacer) {
    Connection connection = takeArmed();
    pacer.spin(dueNanos);
    while (!transmit(connection, number)) {
      connection = takeArmed();
      if (connection == null) {
        waited.incrementAndGet();
        notes.accept(new LoopMessage.Waiting(number));
        return;
      }
    }
  }

  private boolean transmit(@Nullable Connection connection, int number) {
    if (connection == null || !connection.commit(number, System.nanoTime())) {
      return false;
    }
    try {
      if (!connection.flush()) {
        notes.accept(new LoopMessage.Unfinished(connection, number));
      }
    } catch (IOException _) {
      notes.accept(new LoopMessage.Broken(connection, number));
    }
    return true;
  }

  private @Nullable Connection takeArmed() {
    while (true) {
      Connection connection = pool.take();
      if (connection == null) {
        return null;
      }
      try {
        connection.arm(message);
        return connection;
      } catch (IOException _) {
        notes.accept(new LoopMessage.Discarded(connection));
      }
    }
  }
}
