package dev.weir.cli;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.SwarmChange;
import dev.weir.swarm.watch.SwarmChanges;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Notes what happens in a swarm among the events of a run: tasks that come and end, services that
/// are scaled or updated, nodes that change.
final class SwarmWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1000;
  private static final long LAST_SECONDS_MAX = 5;

  private final SwarmChanges changes;
  private final Recording recording;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-swarm-watch").factory());
  private boolean silent;

  private SwarmWatch(Engine manager, Recording recording) {
    this.changes = new SwarmChanges(manager);
    this.recording = recording;
  }

  /// Watches from now on.
  static SwarmWatch start(Engine manager, Recording recording) {
    var watch = new SwarmWatch(manager, recording);
    var _ =
        watch.thread.scheduleWithFixedDelay(
            watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      for (SwarmChange change : changes.since()) {
        recording.event(change.at(), change.kind(), change.subject(), change.text());
      }
      silent = false;
    } catch (EngineException e) {
      if (!silent) {
        silent = true;
        recording.event(Instant.now(), "manager-silent", "", e.message());
      }
    }
  }

  /// Looks one last time.
  @Override
  public void close() {
    var _ = thread.submit(this::look);
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(LAST_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
