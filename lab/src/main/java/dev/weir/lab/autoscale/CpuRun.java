package dev.weir.lab.autoscale;

import dev.weir.lab.compare.SwarmLoads.Running;
import dev.weir.lab.record.PeriodicTask;
import dev.weir.lab.record.Recording;
import dev.weir.run.ReplicaCounts;
import dev.weir.run.ScaleDecided;
import dev.weir.sim.scale.CpuRule;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceReplicas;
import dev.weir.swarm.watch.ServiceVariation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Kubernetes' rule on a swarm: every 15 s it compares the CPU that the service's containers used
/// with what its running replicas have, and sets the number of replicas.
final class CpuRun implements Running {
  private final Engine manager;
  private final ServiceVariation variation;
  private final String service;
  private final AutoscalePlan plan;
  private final double coresEach;
  private final Recording recording;
  private final CpuMeter meter;
  private final CpuRule rule = new CpuRule(1);
  private final long startNanos = System.nanoTime();
  private final PeriodicTask periodic;
  private volatile boolean closed;

  private CpuRun(
      Engine manager,
      ServiceVariation variation,
      String service,
      AutoscalePlan plan,
      double coresEach,
      Recording recording) {
    this.manager = manager;
    this.variation = variation;
    this.service = service;
    this.plan = plan;
    this.coresEach = coresEach;
    this.recording = recording;
    this.meter = new CpuMeter(service);
    recording.alsoTo(meter::note);
    this.periodic =
        PeriodicTask.start(
            "weir-cpu-rule", Duration.ofMillis((long) (CpuRule.SYNC_SECONDS * 1e3)), this::decide);
  }

  /// Begins to scale.
  ///
  /// @param coresEach how many cores a replica has
  static CpuRun start(
      Engine manager,
      ServiceVariation variation,
      String service,
      AutoscalePlan plan,
      double coresEach,
      Recording recording) {
    return new CpuRun(manager, variation, service, plan, coresEach, recording);
  }

  private void decide() {
    if (closed) {
      return;
    }
    if (!meter.hasSamples()) {
      failed("no sample of its containers yet");
      return;
    }
    try {
      ReplicaCounts now = ServiceReplicas.count(manager, service);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      int wanted =
          rule.replicas(seconds, meter.usedSeconds() / coresEach, now.running(), now.desired());
      set(now, plan.bounded(wanted));
    } catch (EngineException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void set(ReplicaCounts now, int wanted) {
    if (wanted != now.desired()) {
      variation.replicas(wanted);
      String words =
          String.format(
              Locale.ROOT,
              "scaled: CPU of %d running replicas %.0f %%, target %.0f %%",
              now.running(),
              rule.utilisation() * 100,
              CpuRule.TARGET * 100);
      event(ScaleDecided.KIND, new ScaleDecided(now.desired(), wanted, words).text());
    }
  }

  private void failed(String why) {
    event("scale-failed", why);
  }

  private void event(String kind, String text) {
    recording.event(Instant.now(), kind, service, text);
  }

  @Override
  public void close() {
    closed = true;
    periodic.close();
  }
}
