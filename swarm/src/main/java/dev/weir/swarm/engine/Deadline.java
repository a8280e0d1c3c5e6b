package dev.weir.swarm.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Closes a connection whose work takes too long. A read timeout is not enough: it restarts with
/// every byte, so a slow sender could keep a read waiting for ever.
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CUTTER = cutter();

  private final ScheduledFuture<?> cut;
  private volatile boolean passed;

  private Deadline(Duration time, AutoCloseable connection) {
    cut = CUTTER.schedule(() -> pass(connection), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Closes `connection` after `time`, unless this is closed before.
  static Deadline of(Duration time, AutoCloseable connection) {
    return new Deadline(time, connection);
  }

  /// Whether it has closed the connection.
  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    cut.cancel(false);
  }

  private void pass(AutoCloseable connection) {
    passed = true;
    try {
      connection.close();
    } catch (Exception _) {
      // Already gone, as intended.
    }
  }

  private static ScheduledThreadPoolExecutor cutter() {
    var cutter =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("weir-engine-deadline").factory());
    cutter.setRemoveOnCancelPolicy(true);
    return cutter;
  }
}
