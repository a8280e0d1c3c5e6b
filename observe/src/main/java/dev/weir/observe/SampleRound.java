package dev.weir.observe;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/// Reads every source once and tells what is new: samples, and gaps at their beginning.
///
/// A sample no newer than the container's last one is left out: some sources repeat what they have
/// until they measure again.
final class SampleRound {
  private final List<SampleSource> sources;
  private final SampleListener listener;
  private final Supplier<Instant> clock;
  private final Map<SampleSource, Known> known = new HashMap<>();

  SampleRound(List<SampleSource> sources, SampleListener listener, Supplier<Instant> clock) {
    this.sources = List.copyOf(sources);
    this.listener = listener;
    this.clock = clock;
    this.sources.forEach(source -> known.put(source, new Known()));
  }

  void run() {
    for (SampleSource source : sources) {
      Known of = Objects.requireNonNull(known.get(source));
      try {
        tell(source, of, source.read(clock.get()));
        of.failing = false;
      } catch (IOException e) {
        fail(source, of, Objects.requireNonNullElse(e.getMessage(), e.toString()));
      }
    }
  }

  private void tell(SampleSource source, Known of, List<ContainerSample> samples) {
    Set<String> missing = new HashSet<>(of.latest.keySet());
    for (ContainerSample sample : samples) {
      missing.remove(sample.container());
      Instant before = of.latest.get(sample.container());
      if (before == null || sample.timestamp().isAfter(before)) {
        of.latest.put(sample.container(), sample.timestamp());
        listener.sampled(sample);
      }
      if (sample.memoryUsageBytes() < 0 && of.withoutMemory.add(sample.container())) {
        listener.gap(sample.container(), "memory is not known to " + source.name());
      }
    }
    for (String container : missing) {
      of.latest.remove(container);
      listener.gap(container, "no longer seen by " + source.name());
    }
  }

  private void fail(SampleSource source, Known of, String reason) {
    if (!of.failing) {
      of.failing = true;
      listener.gap(source.name(), reason);
    }
  }

  /// What is known of a source from earlier rounds. Holds no more than what the source reported
  /// last, and the containers without memory.
  private static final class Known {
    private final Map<String, Instant> latest = new HashMap<>();
    private final Set<String> withoutMemory = new HashSet<>();
    private boolean failing;
  }
}
