package dev.weir.cli.size;

import dev.weir.arrivals.GapSampler;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import dev.weir.sim.FirstComeQueue;
import dev.weir.sim.LatencyFigures;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The requests of a run, in the order in which they were sent: when, and how long each took.
final class RequestTrace {
  private static final double NANOS = 1e9;

  private final List<RequestRecord> requests;

  private RequestTrace(List<RequestRecord> requests) {
    this.requests = requests;
  }

  /// Those of a run that were sent.
  static RequestTrace of(RunRecord run) {
    return new RequestTrace(
        run.requests().stream()
            .filter(request -> request.sentNanos() >= 0)
            .sorted(Comparator.comparingLong(RequestRecord::sentNanos))
            .toList());
  }

  int size() {
    return requests.size();
  }

  /// When each was sent, in seconds.
  double[] sentSeconds() {
    return requests.stream().mapToDouble(request -> request.sentNanos() / NANOS).toArray();
  }

  /// How long each response took that was one, in seconds.
  double[] durationSeconds() {
    return requests.stream()
        .filter(RequestRecord::succeeded)
        .mapToDouble(request -> request.serviceNanos() / NANOS)
        .filter(seconds -> seconds > 0)
        .toArray();
  }

  /// Requests per second, from the first to the last.
  double ratePerSecond() {
    long nanos = requests.getLast().sentNanos() - requests.getFirst().sentNanos();
    return (requests.size() - 1) / (nanos / NANOS);
  }

  /// The response times if the same requests had met `slots` slots.
  ///
  /// @param gapFactor by which the recorded gaps are stretched
  /// @param work the work of each; empty for the time that each took in the run
  LatencyFigures replay(int slots, double gapFactor, Optional<GapSampler> work) {
    var queue = new FirstComeQueue(slots);
    long[] nanos = new long[requests.size()];
    long before = requests.getFirst().sentNanos();
    for (int i = 0; i < nanos.length; i++) {
      RequestRecord request = requests.get(i);
      double gap = (request.sentNanos() - before) / NANOS * gapFactor;
      double own = work.isPresent() ? work.get().nextSeconds() : request.serviceNanos() / NANOS;
      nanos[i] = Math.round(queue.respond(gap, own) * NANOS);
      before = request.sentNanos();
    }
    return LatencyFigures.of(nanos);
  }
}
