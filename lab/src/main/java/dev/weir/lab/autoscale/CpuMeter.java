package dev.weir.lab.autoscale;

import dev.weir.run.ContainerSample;
import java.util.HashMap;
import java.util.Map;

/// Adds up the CPU time of a service's containers, also of those that have ended. Thread-safe.
final class CpuMeter {
  private final String prefix;
  private final Map<String, Long> lastNanos = new HashMap<>();
  private long usedNanos;

  /// @param service whose containers count; the Engine names them `service.slot.task`
  CpuMeter(String service) {
    this.prefix = service + ".";
  }

  /// Takes a sample of any container. What a container used before its first sample does not count.
  synchronized void note(ContainerSample sample) {
    if (sample.container().startsWith(prefix)) {
      long total = sample.cpuTotalNanos();
      long last = lastNanos.getOrDefault(sample.container(), total);
      // A counter that went back is of a container that restarted.
      usedNanos += total >= last ? total - last : total;
      lastNanos.put(sample.container(), total);
    }
  }

  /// How much CPU time they used so far.
  synchronized double usedSeconds() {
    return usedNanos / 1e9;
  }

  /// Whether any container of the service was sampled.
  synchronized boolean hasSamples() {
    return !lastNanos.isEmpty();
  }
}
