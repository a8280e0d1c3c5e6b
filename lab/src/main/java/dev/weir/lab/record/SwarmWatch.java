package dev.weir.lab.record;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.SwarmChange;
import dev.weir.swarm.watch.SwarmChanges;
import java.time.Duration;
import java.time.Instant;

/// Records changes of a swarm as events of a run: tasks that start and end, services that are
/// scaled or updated, nodes that change.
final class SwarmWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SwarmChanges changes;
  private final Recording recording;
  private final PeriodicTask periodic;
  private boolean silent;

  private SwarmWatch(Engine manager, Recording recording) {
    this.changes = new SwarmChanges(manager);
    this.recording = recording;
    this.periodic = PeriodicTask.start("weir-swarm-watch", PAUSE, this::look);
  }

  /// Watches from now on.
  static SwarmWatch start(Engine manager, Recording recording) {
    return new SwarmWatch(manager, recording);
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
    periodic.close();
  }
}
