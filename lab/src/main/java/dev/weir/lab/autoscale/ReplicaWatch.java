package dev.weir.lab.autoscale;

import dev.weir.lab.compare.SwarmLoads.Running;
import dev.weir.lab.record.PeriodicTask;
import dev.weir.lab.record.Recording;
import dev.weir.run.ReplicaCounts;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceReplicas;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts a service's replicas once a second and records every change of the counts.
final class ReplicaWatch implements Running {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Engine manager;
  private final String service;
  private final Recording recording;
  private final PeriodicTask periodic;
  private @Nullable ReplicaCounts last;

  private ReplicaWatch(Engine manager, String service, Recording recording) {
    this.manager = manager;
    this.service = service;
    this.recording = recording;
    look();
    this.periodic = PeriodicTask.start("weir-replica-watch", PAUSE, this::look);
  }

  /// Counts them now and from now on.
  static ReplicaWatch start(Engine manager, String service, Recording recording) {
    return new ReplicaWatch(manager, service, recording);
  }

  private void look() {
    Instant at = Instant.now();
    try {
      ReplicaCounts now = ServiceReplicas.count(manager, service);
      if (!now.equals(last)) {
        recording.event(at, ReplicaCounts.KIND, service, now.text());
        last = now;
      }
    } catch (EngineException _) {
      return; // the swarm's watch records that the manager is silent
    }
  }

  @Override
  public void close() {
    periodic.close();
  }
}
