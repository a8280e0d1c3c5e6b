package dev.weir.load.pace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for an instant as exactly as possible: parks until shortly before, then spins.
///
/// Used by one thread only.
public final class Pacer {
  private final ParkMargin margin = new ParkMargin();
  private final SchedulingPriority priority = new SchedulingPriority();
  private final BooleanSupplier stopped;

  /// A pacer that ends every wait early once `stopped` is true; unpark its thread then.
  public Pacer(BooleanSupplier stopped) {
    this.stopped = stopped;
  }

  /*
   * Linux delays a thread's timers by its slack, 50 us by default, to save power. Java can change
   * the slack only through a file in /proc. If that file is not writable, the margin adapts to the
   * slack.
   */
  /// Asks the kernel to wake this thread on time, and to run it as soon as it wakes. If the kernel
  /// refuses, the margin adapts. Call it from the waiting thread.
  public void sharpen() {
    sharpenTimers();
    priority.take();
  }

  private static void sharpenTimers() {
    try {
      Path task = Path.of("/proc/thread-self").toRealPath().getFileName();
      Files.write(
          Path.of("/proc").resolve(task).resolve("timerslack_ns"),
          "1".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException | RuntimeException _) {
      // Another system, or /proc is not accessible.
    }
  }

  /// Waits until shortly before `instantNanos` of System.nanoTime, with time left to prepare.
  public void park(long instantNanos) {
    priority.next(instantNanos, System.nanoTime());
    while (!stopped.getAsBoolean()) {
      long wakeNanos = instantNanos - margin.nanos();
      long leftNanos = wakeNanos - System.nanoTime();
      if (leftNanos <= 0) {
        return;
      }
      LockSupport.parkNanos(this, leftNanos);
      long overshootNanos = System.nanoTime() - wakeNanos;
      if (overshootNanos >= 0) {
        margin.observe(overshootNanos);
      }
    }
  }

  /// Waits for the rest without releasing the processor.
  public void spin(long instantNanos) {
    while (System.nanoTime() - instantNanos < 0) {
      Thread.onSpinWait();
    }
  }
}
