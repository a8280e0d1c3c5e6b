package dev.weir.lab.record;

import dev.weir.run.ContainerSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The latest sample and the recorded name of each container.
///
/// Tasks of a swarm have unique names. Containers that users start on several nodes may share one;
/// later ones are recorded as `name@node`, so that each has its own chart.
final class SampleCoverage {
  private final Map<String, String> nodes = new ConcurrentHashMap<>();
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> latest = new ConcurrentHashMap<>();

  /// The sample under its recorded name.
  ContainerSample named(ContainerSample sample) {
    String first = nodes.putIfAbsent(sample.container(), sample.node());
    boolean shared = first != null && !first.equals(sample.node());
    ContainerSample named =
        shared ? sample.named(sample.container() + "@" + sample.node()) : sample;
    recorded.add(named.container());
    latest.put(named.container(), named.timestamp());
    return named;
  }

  /// Forgets a container that ended, on all nodes with that name. The next sample of a container
  /// that still runs adds it again.
  void ended(String container) {
    latest.keySet().removeIf(name -> name.equals(container) || name.startsWith(container + "@"));
  }

  /// Whether all sampled containers have a sample of `at` or later; false without containers.
  boolean reaches(Instant at) {
    return !latest.isEmpty() && behind(at).isEmpty();
  }

  /// The containers with no sample since `at`.
  List<String> behind(Instant at) {
    return latest.entrySet().stream()
        .filter(entry -> entry.getValue().isBefore(at))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// All containers that were ever sampled.
  List<String> containers() {
    return recorded.stream().sorted().toList();
  }
}
