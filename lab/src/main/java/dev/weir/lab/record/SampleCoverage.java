package dev.weir.lab.record;

import dev.weir.run.ContainerSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Until when each container has been sampled, and under which name.
///
/// A swarm's tasks have names of their own, but containers that were started by hand on several
/// nodes may share one: those of later nodes then get theirs as `name@node`, since a chart of two
/// containers at once is a chart of none.
final class SampleCoverage {
  private final Map<String, String> nodes = new ConcurrentHashMap<>();
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> latest = new ConcurrentHashMap<>();

  /// The sample under the name that it is to be kept by.
  ContainerSample named(ContainerSample sample) {
    String first = nodes.putIfAbsent(sample.container(), sample.node());
    boolean shared = first != null && !first.equals(sample.node());
    ContainerSample named =
        shared ? sample.named(sample.container() + "@" + sample.node()) : sample;
    recorded.add(named.container());
    latest.put(named.container(), named.timestamp());
    return named;
  }

  /// It is sampled no more, for now, on whichever of the nodes that have one of that name. The next
  /// sample of the others makes up for it.
  void ended(String container) {
    latest.keySet().removeIf(name -> name.equals(container) || name.startsWith(container + "@"));
  }

  /// Whether all that are being sampled have been so at `at` or later; false as long as none is.
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

  /// All that ever were sampled.
  List<String> containers() {
    return recorded.stream().sorted().toList();
  }
}
