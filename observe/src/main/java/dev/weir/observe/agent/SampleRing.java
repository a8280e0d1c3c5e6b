package dev.weir.observe.agent;

import dev.weir.base.Checks;
import dev.weir.observe.container.NamedContainer;
import dev.weir.run.ContainerSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The last minutes of each container. An ended container is kept until its last sample is too old.
final class SampleRing {
  private final Duration window;
  private final int containersMax;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  SampleRing(Duration window, int containersMax) {
    Checks.check(window.isPositive(), "--keep", window, "a time, such as 10m");
    this.window = window;
    this.containersMax = Checks.atLeast(1, containersMax, "containersMax");
  }

  /// Stores a sample, unless it is no newer than the container's last one.
  synchronized void add(NamedContainer container, long memoryLimitBytes, ContainerSample sample) {
    Kept of = kept.get(container.id());
    if (of == null) {
      makeRoom();
      of = new Kept();
      kept.put(container.id(), of);
    }
    of.container = container;
    of.running = true;
    of.memoryLimitBytes = memoryLimitBytes;
    if (of.samples.isEmpty() || sample.timestamp().isAfter(of.samples.getLast().timestamp())) {
      of.samples.addLast(sample);
    }
  }

  /// Records which containers run now, and drops samples older than the window.
  synchronized void round(Set<String> running, Instant now) {
    Instant oldest = now.minus(window);
    kept.forEach((id, of) -> {
      of.running = running.contains(id);
      while (!of.samples.isEmpty() && of.samples.getFirst().timestamp().isBefore(oldest)) {
        of.samples.removeFirst();
      }
    });
    kept.values().removeIf(of -> of.samples.isEmpty());
  }

  /// Every running container, and every other with a sample after an instant, with these samples.
  ///
  /// @param samplesMax the approximate bound on samples, the oldest first; those of one instant
  ///   stay together
  synchronized Span after(Instant since, int samplesMax) {
    Instant until = until(since, samplesMax);
    boolean more = false;
    var series = new ArrayList<ContainerSeries>(kept.size());
    for (Kept of : kept.values()) {
      List<ContainerSample> samples =
          of.samples.stream()
              .filter(one -> one.timestamp().isAfter(since) && !one.timestamp().isAfter(until))
              .toList();
      more |= !of.samples.isEmpty() && of.samples.getLast().timestamp().isAfter(until);
      if (of.running || !samples.isEmpty()) {
        series.add(new ContainerSeries(of.named(), of.running, of.memoryLimitBytes, samples));
      }
    }
    return new Span(series, more);
  }

  /// The instant of the last sample within the bound.
  private Instant until(Instant since, int samplesMax) {
    return kept.values().stream()
        .flatMap(of -> of.samples.stream())
        .map(ContainerSample::timestamp)
        .filter(at -> at.isAfter(since))
        .sorted()
        .skip(samplesMax - 1L)
        .findFirst()
        .orElse(Instant.MAX);
  }

  /// Every running container, without samples.
  synchronized List<NamedContainer> running() {
    return kept.values().stream().filter(of -> of.running).map(Kept::named).toList();
  }

  /// Drops the container that was seen longest ago, ended ones first.
  private void makeRoom() {
    if (kept.size() < containersMax) {
      return;
    }
    String first = kept.keySet().iterator().next();
    String leaving =
        kept.entrySet().stream()
            .filter(entry -> !entry.getValue().running)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(first);
    kept.remove(leaving);
  }

  /// The samples between two instants.
  ///
  /// @param series of each container
  /// @param more whether later samples remain
  record Span(List<ContainerSeries> series, boolean more) {}

  /// The samples of one container.
  private static final class Kept {
    private NamedContainer container = new NamedContainer("", "", "", "");
    private boolean running;
    private long memoryLimitBytes;
    private final Deque<ContainerSample> samples = new ArrayDeque<>();

    NamedContainer named() {
      return container;
    }
  }
}
