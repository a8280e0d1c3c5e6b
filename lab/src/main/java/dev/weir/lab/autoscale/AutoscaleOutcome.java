package dev.weir.lab.autoscale;

import dev.weir.run.ReplicaCounts;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a rule of autoscaling made of one run.
///
/// @param replicaSeconds the cost: how long all replicas together existed, from their order to
///   their end, within the run's load
/// @param requests how many were due
/// @param failed how many of them got no usable response
/// @param lateShare the part of them with no usable response within the promised time
/// @param badShare the part of the windows in which fewer than the promised part were in time
/// @param longestSeconds the longest time from due to the response, or to the failure
/// @param started how many replicas began to run
/// @param scalings how often the wanted number changed
public record AutoscaleOutcome(
    double replicaSeconds,
    long requests,
    long failed,
    double lateShare,
    double badShare,
    double longestSeconds,
    int started,
    int scalings) {
  /*
   * A minute of an hour's trace would be a fifth of a trace of five minutes. Ten seconds are the
   * least in which a percentile of tens of requests a second means anything.
   */
  private static final Duration SHORT_MAX = Duration.ofMinutes(10);

  private static final Duration SHORT_WINDOW = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /// The windows of [#badShare] for runs of this length.
  public static Duration window(Duration duration) {
    return duration.compareTo(SHORT_MAX) < 0 ? SHORT_WINDOW : WINDOW;
  }

  /// Evaluates a run, from the begin of its load on.
  ///
  /// @param service which was scaled
  /// @param duration of its load
  public static AutoscaleOutcome of(
      RunRecord run, String service, Promise promise, Duration duration) {
    Instant zero =
        run.events().stream()
            .filter(event -> event.kind().equals("load-started"))
            .map(RunEvent::at)
            .findFirst()
            .orElse(run.info().startedAt());
    var late = new LateRequests(promise, window(duration));
    long zeroNanos = Duration.between(run.info().startedAt(), zero).toNanos();
    run.requests().forEach(request -> late.note(request, zeroNanos));
    List<Counted> counts = counts(run, service, zero);
    return new AutoscaleOutcome(
        replicaSeconds(counts, duration.toNanos() / 1e9),
        run.requests().size(),
        run.requests().stream().filter(request -> !request.succeeded()).count(),
        late.share(),
        late.badShare(),
        run.requests().stream().mapToLong(RequestRecord::latencyNanos).max().orElse(0) / 1e9,
        started(run, service, zero, duration),
        scalings(counts, duration.toNanos() / 1e9));
  }

  /// Counts of replicas from an instant on, in seconds since the begin of the load.
  private record Counted(double seconds, ReplicaCounts counts) {}

  private static List<Counted> counts(RunRecord run, String service, Instant zero) {
    var all = new ArrayList<Counted>();
    for (RunEvent event : run.events()) {
      Optional<ReplicaCounts> counts = ReplicaCounts.of(event);
      if (counts.isPresent() && event.subject().equals(service)) {
        double seconds = Duration.between(zero, event.at()).toNanos() / 1e9;
        all.add(new Counted(seconds, counts.get()));
      }
    }
    return all;
  }

  private static double replicaSeconds(List<Counted> counts, double endSeconds) {
    double sum = 0;
    for (int i = 0; i < counts.size(); i++) {
      double from = Math.clamp(i == 0 ? 0 : counts.get(i).seconds, 0, endSeconds);
      double next = i + 1 < counts.size() ? counts.get(i + 1).seconds : endSeconds;
      sum += counts.get(i).counts.existing() * (Math.clamp(next, 0, endSeconds) - from);
    }
    return sum;
  }

  private static int scalings(List<Counted> counts, double endSeconds) {
    int changes = 0;
    for (int i = 1; i < counts.size() && counts.get(i).seconds <= endSeconds; i++) {
      int before = counts.get(i - 1).counts.desired();
      changes += counts.get(i).counts.desired() == before ? 0 : 1;
    }
    return changes;
  }

  private static int started(RunRecord run, String service, Instant zero, Duration duration) {
    return (int)
        run.events().stream()
            .filter(event -> event.kind().equals("task-running"))
            .filter(event -> event.subject().startsWith(service + "."))
            .filter(event -> !event.at().isBefore(zero))
            .filter(event -> event.at().isBefore(zero.plus(duration)))
            .count();
  }
}
