package dev.weir.cli.console;

import dev.weir.base.UserError;
import dev.weir.console.source.UsageSource;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SampledNodes.Sampled;
import dev.weir.lab.sampling.SamplingSettings;
import dev.weir.lab.sampling.SamplingSettings.Source;
import dev.weir.lab.sampling.SourceChoice;
import dev.weir.run.ContainerSample;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineFailover;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the containers of a swarm use, from the sources that `weir bench` would choose too; all
/// nodes are read at once. Sources are chosen anew each minute, because nodes come and go.
///
/// The statistics of one engine alone cost it much, so they count only if they are asked for.
final class SwarmUsage implements UsageSource, AutoCloseable {
  private static final Duration CHOSEN_FOR = Duration.ofMinutes(1);
  private static final long SECONDS_MAX = 10;
  private static final String START = "to start agents on all nodes: weir monitor start";

  private final SamplingSettings settings;
  private final EngineFailover managers;
  private List<Sampled> chosen = List.of();
  private List<String> silent = List.of();
  private final Set<String> begun = new HashSet<>();
  private @Nullable Instant chosenAt;

  SwarmUsage(SamplingSettings settings, List<EngineAddress> managers) {
    this.settings = settings;
    this.managers = new EngineFailover(managers);
  }

  @Override
  public Reading read() {
    if (settings.source() == Source.NONE) {
      return new Reading(List.of(), List.of("CPU and memory: switched off by --source none"));
    }
    Instant now = Instant.now();
    if (chosenAt == null || Duration.between(chosenAt, now).compareTo(CHOSEN_FOR) > 0) {
      choose();
      chosenAt = now;
    }
    var missing = new ArrayList<>(silent);
    return new Reading(samples(missing), missing);
  }

  private void choose() {
    try {
      SampledNodes nodes = new SourceChoice(settings, Optional.of(managers.engine())).choose();
      boolean isDocker = settings.source() == Source.DOCKER;
      List<Sampled> found =
          nodes.sampled().stream()
              .filter(one -> isDocker || !one.how().equals("docker"))
              .map(this::known)
              .toList();
      chosen = found;
      silent =
          found.isEmpty()
              ? List.of("CPU and memory: no node has an agent or cAdvisor (%s)".formatted(START))
              : nodes.silent().stream()
                  .map(one -> "CPU and memory of %s: %s".formatted(one.node(), one.reason()))
                  .toList();
    } catch (UserError | EngineException e) {
      managers.next();
      silent = List.of("CPU and memory: " + e.getMessage());
    }
  }

  /// The source in use of a node that had one before: an agent's continues where it was.
  private Sampled known(Sampled found) {
    return chosen.stream()
        .filter(one -> one.id().equals(found.id()) && one.how().equals(found.how()))
        .filter(one -> one.source().name().equals(found.source().name()))
        .findFirst()
        .orElse(found);
  }

  private List<ContainerSample> samples(List<String> missing) {
    var samples = new ArrayList<ContainerSample>();
    var failures = new ArrayList<String>();
    var all = new CountDownLatch(chosen.size());
    for (Sampled one : chosen) {
      Thread.ofVirtual()
          .name("weir-console-usage-" + one.node())
          .start(() -> {
            try {
              List<ContainerSample> read = read(one);
              synchronized (samples) {
                samples.addAll(read);
              }
            } catch (IOException | RuntimeException e) {
              synchronized (samples) {
                failures.add("CPU and memory of %s: %s".formatted(one.node(), e.getMessage()));
              }
            } finally {
              all.countDown();
            }
          });
    }
    try {
      boolean _ = all.await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Threads that are late may still add something.
    synchronized (samples) {
      missing.addAll(failures);
      return List.copyOf(samples);
    }
  }

  private List<ContainerSample> read(Sampled one) throws IOException {
    boolean isFirst;
    synchronized (begun) {
      isFirst = begun.add(one.id() + one.how());
    }
    if (isFirst) {
      one.source().begin();
    }
    return one.source().read(Instant.now());
  }

  @Override
  public void close() {
    managers.close();
  }
}
