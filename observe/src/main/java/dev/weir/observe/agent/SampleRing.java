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

/// The last minutes of each container, those that have ended included until their last sample is
/// that old.
final class SampleRing {
  private final Duration window;
  private final int containersMax;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  SampleRing(Duration window, int containersMax) {
    Checks.check(window.isPositive(), "--keep", window, "a time, such as 10m");
    this.window = window;
    this.containersMax = Checks.atLeast(1, containersMax, "containersMax");
  }

  /// Keeps a sample; one that is no newer than the container's last is left out.
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

  /// Notes which containers run now, and forgets what is older than the window.
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

  /// Every container that runs, and every other with a sample after an instant; with those samples.
  ///
  /// @param samplesMax about how many samples, those of one instant being reported together: the
  ///   oldest
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

  /// The instant of the last of so many samples.
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

  /// Every container that runs, without samples.
  synchronized List<NamedContainer> running() {
    return kept.values().stream().filter(of -> of.running).map(Kept::named).toList();
  }

  /// The one heard of longest ago goes, ended ones first.
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
  /// @param more whether there are later ones
  record Span(List<ContainerSeries> series, boolean more) {}

  /// One container's.
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
