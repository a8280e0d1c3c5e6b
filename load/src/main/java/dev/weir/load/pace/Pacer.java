package dev.weir.load.pace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for an instant as exactly as a thread can: parks until shortly before, then spins.
///
/// Used by one thread only.
public final class Pacer {
  private final ParkMargin margin = new ParkMargin();
  private final SchedulingPriority priority = new SchedulingPriority();
  private final BooleanSupplier stopped;

  /// A pacer that ends every wait early once `stopped`; unpark its thread then.
  public Pacer(BooleanSupplier stopped) {
    this.stopped = stopped;
  }

  /*
   * Linux rounds a thread's timers up by its slack, 50 us by default, to save power.
   * Nothing but the file of /proc lets Java change it. Where it cannot be written, the margin
   * learns to live with the slack.
   */
  /// Asks the kernel to wake this thread on time, and to run it as soon as it is awake. What it
  /// refuses, the margin learns to live with. Asked by the thread that waits.
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
      // Another system, or /proc is closed to us.
    }
  }

  /// Waits until shortly before `instantNanos` of System.nanoTime, leaving time to prepare.
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

  /// Waits the rest without giving up the processor.
  public void spin(long instantNanos) {
    while (System.nanoTime() - instantNanos < 0) {
      Thread.onSpinWait();
    }
  }
}
