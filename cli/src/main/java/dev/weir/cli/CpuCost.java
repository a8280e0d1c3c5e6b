package dev.weir.cli;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a request costs in CPU time, found from a recorded run: what its replicas used between
/// their first and last sample, over what they answered meanwhile.
final class CpuCost {
  /// Fewer say little.
  private static final int REQUESTS_MIN = 50;

  private CpuCost() {}

  /// In milliseconds; absent if hardly anything was answered or sampled.
  static Optional<Double> millisPerRequest(RunRecord run) {
    double cpuNanos = 0;
    long answered = 0;
    for (String replica : run.samples().keySet()) {
      List<ContainerSample> samples = run.samples().getOrDefault(replica, List.of());
      long count = samples.size() < 2 ? 0 : answered(run, replica, samples);
      if (count > 0) {
        answered += count;
        cpuNanos += samples.getLast().cpuTotalNanos() - samples.getFirst().cpuTotalNanos();
      }
    }
    return answered < REQUESTS_MIN || cpuNanos <= 0
        ? Optional.empty()
        : Optional.of(cpuNanos / answered / 1e6);
  }

  private static long answered(RunRecord run, String replica, List<ContainerSample> samples) {
    long from = nanos(run, samples.getFirst());
    long to = nanos(run, samples.getLast());
    return run.requests().stream()
        .filter(RequestRecord::succeeded)
        .filter(request -> request.replica().equals(replica))
        .filter(request -> request.answeredNanos() > from && request.answeredNanos() <= to)
        .count();
  }

  private static long nanos(RunRecord run, ContainerSample sample) {
    return Duration.between(run.info().startedAt(), sample.timestamp()).toNanos();
  }
}
