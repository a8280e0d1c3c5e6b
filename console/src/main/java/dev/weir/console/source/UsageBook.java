package dev.weir.console.source;

import dev.weir.run.ContainerSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// The present CPU and memory of tasks and machines, from the differences of readings.
final class UsageBook {
  private static final long CADENCE_MILLIS = 5_000;
  private static final long KEPT_MILLIS = 60_000;
  private static final int CONTAINERS_MAX = 20_000;

  private final UsageSource source;
  private final LongSupplier clock;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final Map<String, Known> known = new HashMap<>();
  private volatile Usage latest = new Usage(Map.of(), Map.of(), List.of());
  private volatile long askedMillis;

  UsageBook(UsageSource source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
  }

  /// What is used now.
  ///
  /// @param tasks by the task's id
  /// @param nodes by the machine's name
  /// @param missing what could not be read, a line each
  record Usage(Map<String, Used> tasks, Map<String, Used> nodes, List<String> missing) {}

  /// @param cpus cores; NaN until known
  /// @param memoryBytes without what can be reclaimed; NaN until known
  /// @param atMillis when
  record Used(double cpus, double memoryBytes, long atMillis) {
    private Used plus(Used other) {
      return new Used(
          sum(cpus, other.cpus),
          sum(memoryBytes, other.memoryBytes),
          Math.max(atMillis, other.atMillis));
    }

    private static double sum(double a, double b) {
      return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + b;
    }
  }

  /// @param cpus cores between the last two samples; NaN until there are two
  private record Known(ContainerSample sample, double cpus, long seenMillis) {}

  Usage latest() {
    return latest;
  }

  /// Reads again if it is time, without waiting.
  void ask() {
    long nowMillis = clock.getAsLong();
    if (nowMillis - askedMillis >= CADENCE_MILLIS && reading.compareAndSet(false, true)) {
      askedMillis = nowMillis;
      Thread.ofVirtual().name("weir-console-usage").start(this::readNow);
    }
  }

  private void readNow() {
    try {
      latest = taken(source.read(), clock.getAsLong());
    } catch (RuntimeException e) {
      latest = new Usage(Map.of(), Map.of(), List.of(SwarmReader.words(e)));
    } finally {
      reading.set(false);
    }
  }

  /// Takes a reading in.
  Usage taken(UsageSource.Reading read, long nowMillis) {
    read.samples().stream().limit(CONTAINERS_MAX).forEach(sample -> take(sample, nowMillis));
    known.values().removeIf(one -> nowMillis - one.seenMillis >= KEPT_MILLIS);
    var tasks = new HashMap<String, Used>();
    var nodes = new HashMap<String, Used>();
    for (Known one : known.values()) {
      double memory = memory(one.sample);
      var used = new Used(one.cpus, memory, one.sample.timestamp().toEpochMilli());
      String container = one.sample.container();
      tasks.put(container.substring(container.lastIndexOf('.') + 1), used);
      nodes.merge(one.sample.node(), used, Used::plus);
    }
    return new Usage(tasks, nodes, read.missing());
  }

  private void take(ContainerSample sample, long nowMillis) {
    String key = sample.node() + "/" + sample.container();
    Known before = known.get(key);
    if (before == null) {
      known.put(key, new Known(sample, Double.NaN, nowMillis));
    } else if (sample.timestamp().isAfter(before.sample.timestamp())) {
      known.put(key, new Known(sample, cpus(before.sample, sample), nowMillis));
    }
  }

  /// A counter that fell is that of a new container of the same name.
  private static double cpus(ContainerSample from, ContainerSample to) {
    double nanos = to.timestamp().toEpochMilli() * 1e6 - from.timestamp().toEpochMilli() * 1e6;
    long used = to.cpuTotalNanos() - from.cpuTotalNanos();
    return nanos > 0 && used >= 0 ? used / nanos : Double.NaN;
  }

  private static double memory(ContainerSample sample) {
    long bytes =
        sample.memoryWorkingSetBytes() >= 0
            ? sample.memoryWorkingSetBytes()
            : sample.memoryUsageBytes();
    return bytes < 0 ? Double.NaN : bytes;
  }
}
