package dev.weir.lab.record;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Repeats a task on a thread of its own, and runs it one last time when it is closed.
public final class PeriodicTask implements AutoCloseable {
  private static final long LAST_SECONDS_MAX = 5;

  private final Runnable task;
  private final ScheduledExecutorService thread;

  private PeriodicTask(Runnable task, ScheduledExecutorService thread) {
    this.task = task;
    this.thread = thread;
  }

  /// Starts to repeat a task, the first time after a pause.
  ///
  /// @param name of its thread
  /// @param pause from the end of one run to the next
  /// @param task must not throw
  public static PeriodicTask start(String name, Duration pause, Runnable task) {
    var periodic =
        new PeriodicTask(
            task,
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory()));
    var _ =
        periodic.thread.scheduleWithFixedDelay(
            task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return periodic;
  }

  @Override
  public void close() {
    var _ = thread.submit(task);
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(LAST_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
