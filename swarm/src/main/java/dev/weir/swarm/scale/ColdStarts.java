package dev.weir.swarm.scale;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Measures how long one service's replicas take from their creation to the first connection that
/// they accept. The wait for a node that has room for them is no part of that.
///
/// Not thread-safe; no clock.
final class ColdStarts {
  private static final int KEPT = 20;
  private static final double QUANTILE = 0.9;

  private final Map<String, Long> sinceNanos = new HashMap<>();
  private final ArrayDeque<Double> seconds = new ArrayDeque<>();

  /// Notes the replicas that are there now.
  ///
  /// @param starting the names of those that should run and do not yet
  /// @param unplaced the names of those of them that no node has taken yet
  /// @param running the names of those that run
  /// @param ready the names of those that accept connections
  void note(
      Collection<String> starting,
      Collection<String> unplaced,
      Collection<String> running,
      Collection<String> ready,
      long nowNanos) {
    starting.forEach(name -> sinceNanos.putIfAbsent(name, nowNanos));
    unplaced.forEach(name -> sinceNanos.put(name, nowNanos));
    for (String name : ready) {
      Long since = sinceNanos.remove(name);
      if (since != null) {
        add((nowNanos - since) / 1e9);
      }
    }
    sinceNanos.keySet().removeIf(name -> !starting.contains(name) && !running.contains(name));
  }

  private void add(double lasted) {
    seconds.addLast(lasted);
    if (seconds.size() > KEPT) {
      seconds.removeFirst();
    }
  }

  /// Whether any replica is between its creation and its first connection.
  boolean isAnyStarting() {
    return !sinceNanos.isEmpty();
  }

  /// The 90th percentile of the last twenty, in seconds; empty while none was seen.
  OptionalDouble percentileSeconds() {
    if (seconds.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int index = (int) Math.ceil(QUANTILE * sorted.length) - 1;
    return OptionalDouble.of(sorted[index]);
  }
}
