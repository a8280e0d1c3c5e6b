package dev.weir.lab.autoscale;

import dev.weir.lab.compare.SwarmLoads.Running;
import dev.weir.lab.record.PeriodicTask;
import dev.weir.lab.record.Recording;
import dev.weir.observe.balancer.ScaleReading;
import dev.weir.run.ScaleDecided;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.scale.ScaleOverview;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Weir's own autoscaling: labels the service, so that the balancers scale it, and records their
/// decisions.
final class WeirRun implements Running {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Set<String> OWN_LABELS = Set.copyOf(ScaleLabels.NAMES);

  private final Engine manager;
  private final ServiceVariation variation;
  private final String service;
  private final Optional<URI> status;
  private final Recording recording;
  private final Terminal terminal;
  private final PeriodicTask periodic;
  private long seenMillis;
  private int seen;
  private String failure = "";

  private WeirRun(
      Engine manager,
      ServiceVariation variation,
      String service,
      Optional<URI> status,
      Recording recording,
      Terminal terminal) {
    this.manager = manager;
    this.variation = variation;
    this.service = service;
    this.status = status;
    this.recording = recording;
    this.terminal = terminal;
    this.seenMillis = System.currentTimeMillis() - 1;
    this.periodic = PeriodicTask.start("weir-decision-watch", PAUSE, this::look);
  }

  /// Labels the service and begins to watch.
  ///
  /// @param status a balancer's admin port; without it, a manager tells the decisions that changed
  ///   something
  static WeirRun start(
      Engine manager,
      ServiceVariation variation,
      String service,
      AutoscalePlan plan,
      Optional<URI> status,
      Recording recording,
      Terminal terminal) {
    variation.labels(plan.labels(), Set.of());
    return new WeirRun(manager, variation, service, status, recording, terminal);
  }

  /// A decision of a balancer.
  private record Told(long epochMillis, int before, int replicas, String done, String words) {}

  private void look() {
    try {
      List<Told> all = status.isPresent() ? ofBalancer(status.get()) : ofManager();
      all.stream().filter(one -> one.epochMillis > seenMillis).forEach(this::record);
      all.forEach(one -> seenMillis = Math.max(seenMillis, one.epochMillis));
    } catch (IOException | EngineException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  private List<Told> ofBalancer(URI address) throws IOException {
    return ScaleReading.read(address, service).decisions().stream()
        .map(one ->
            new Told(one.epochMillis(), one.before(), one.replicas(), one.done(), one.words()))
        .toList();
  }

  private List<Told> ofManager() {
    return ScaleOverview.of(manager).stream()
        .filter(one -> one.name().equals(service))
        .flatMap(one -> one.news().stream())
        .map(one ->
            new Told(one.epochMillis(), one.before(), one.replicas(), one.done(), one.words()))
        .toList();
  }

  private void record(Told one) {
    seen++;
    if (one.before != one.replicas) {
      var decided = new ScaleDecided(one.before, one.replicas, one.done + ": " + one.words);
      Instant at = Instant.ofEpochMilli(one.epochMillis);
      recording.event(at, ScaleDecided.KIND, service, decided.text());
    }
  }

  /// Removes the labels, so that nobody scales the service any more.
  @Override
  public void close() {
    periodic.close();
    if (seen == 0) {
      String why = failure.isEmpty() ? "no balancer decided anything" : failure;
      terminal.report(
          ("weir: no decision about %s was seen: %s (expected: weir balance --swarm that serves it and"
                  + " may set its replicas; weir scale status shows it)")
              .formatted(service, why));
    }
    variation.labels(Map.of(), OWN_LABELS);
  }
}
