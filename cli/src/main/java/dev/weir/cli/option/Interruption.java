package dev.weir.cli.option;

import dev.weir.term.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Handles Ctrl-C while a command measures: stops the measurement and keeps the process alive, for
/// a bounded time, until the report is printed. The process then exits with 130 (or 143 after
/// SIGTERM) of its own accord.
public final class Interruption implements AutoCloseable {
  private static final long REPORT_SECONDS_MAX = 20;

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook = new Thread(this::interrupted, "weir-interrupted");

  /// Calls `stop` on Ctrl-C, until closed.
  public Interruption(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Lets the process end: the report is printed.
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is already ending, so its hook cannot be removed.
    }
  }

  private void interrupted() {
    stop.run();
    try {
      if (!reported.await(REPORT_SECONDS_MAX, TimeUnit.SECONDS)) {
        Terminal.plain().report("weir: the report took too long");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
