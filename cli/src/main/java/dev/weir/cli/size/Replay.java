package dev.weir.cli.size;

import dev.weir.arrivals.GapSampler;
import dev.weir.run.RequestRecord;
import dev.weir.run.RequestTrace;
import dev.weir.sim.FirstComeQueue;
import dev.weir.sim.LatencyFigures;
import java.util.List;
import java.util.Optional;

/// Recorded requests, played again to another number of slots.
final class Replay {
  private static final double NANOS = 1e9;

  private Replay() {}

  /// The response times if the same requests had met `slots` slots.
  ///
  /// @param gapFactor by which the recorded gaps are stretched
  /// @param work the work of each; empty for the time that each took in the run
  static LatencyFigures of(
      RequestTrace trace, int slots, double gapFactor, Optional<GapSampler> work) {
    List<RequestRecord> requests = trace.requests();
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
