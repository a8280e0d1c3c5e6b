package dev.weir.lab.record;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a request costs in CPU time, from a recorded run: what its replicas used from their last
/// sample before the load to their first after it, over the responses in between.
///
/// @param millis of CPU, on average
/// @param millisByReplica the same of each replica; empty if responses name no replica
public record CpuCost(double millis, Map<String, Double> millisByReplica) {
  /// Fewer requests give no useful mean.
  private static final int REQUESTS_MIN = 20;

  public CpuCost {
    millisByReplica = new TreeMap<>(millisByReplica);
  }

  /// Of a run that sampled only its replicas.
  public static Optional<CpuCost> of(RunRecord run) {
    return of(run, _ -> true);
  }

  /// Absent with too few responses or samples.
  ///
  /// @param isReplica whether a container is one of those that served
  public static Optional<CpuCost> of(RunRecord run, Predicate<String> isReplica) {
    var each = new TreeMap<String, Use>();
    long begin = run.requests().stream().mapToLong(RequestRecord::dueNanos).min().orElse(0);
    long end = run.requests().stream().mapToLong(RequestRecord::respondedNanos).max().orElse(0);
    run.samples().keySet().stream()
        .filter(isReplica)
        .forEach(name -> each.put(name, use(run, name, begin, end)));
    Use named = each.values().stream().filter(use -> use.responded > 0).reduce(Use.NONE, Use::and);
    if (named.responded > 0) {
      var millis = new TreeMap<String, Double>();
      each.forEach((name, use) -> {
        if (use.responded > 0) {
          millis.put(name, use.millis());
        }
      });
      return known(named).map(all -> new CpuCost(all.millis(), millis));
    }
    double cpuNanos = each.values().stream().mapToDouble(Use::cpuNanos).sum();
    long responded = run.requests().stream().filter(RequestRecord::succeeded).count();
    return known(new Use(cpuNanos, responded)).map(all -> new CpuCost(all.millis(), Map.of()));
  }

  private static Optional<Use> known(Use use) {
    return Optional.of(use).filter(all -> all.responded >= REQUESTS_MIN && all.cpuNanos > 0);
  }

  private static Use use(RunRecord run, String container, long begin, long end) {
    List<ContainerSample> samples = run.samples().getOrDefault(container, List.of());
    if (samples.size() < 2) {
      return Use.NONE;
    }
    ContainerSample first =
        samples.reversed().stream()
            .filter(sample -> nanos(run, sample) <= begin)
            .findFirst()
            .orElse(samples.getFirst());
    ContainerSample last =
        samples.stream()
            .filter(sample -> nanos(run, sample) >= end)
            .findFirst()
            .orElse(samples.getLast());
    return new Use(
        last.cpuTotalNanos() - first.cpuTotalNanos(), responded(run, container, first, last));
  }

  private static long responded(
      RunRecord run, String container, ContainerSample first, ContainerSample last) {
    long from = nanos(run, first);
    long to = nanos(run, last);
    return run.requests().stream()
        .filter(RequestRecord::succeeded)
        .filter(request -> names(request.replica(), container))
        .filter(request -> request.respondedNanos() > from && request.respondedNanos() <= to)
        .count();
  }

  /// A balancer names a replica by a prefix of its container's name, which may end within the
  /// task's id.
  private static boolean names(String replica, String container) {
    return !replica.isEmpty() && container.startsWith(replica);
  }

  private static long nanos(RunRecord run, ContainerSample sample) {
    return Duration.between(run.info().startedAt(), sample.timestamp()).toNanos();
  }

  /// What was used, and for how many responses.
  private record Use(double cpuNanos, long responded) {
    static final Use NONE = new Use(0, 0);

    double millis() {
      return cpuNanos / responded / 1e6;
    }

    Use and(Use other) {
      return new Use(cpuNanos + other.cpuNanos, responded + other.responded);
    }
  }
}
