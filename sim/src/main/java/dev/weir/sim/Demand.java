package dev.weir.sim;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;

/// The requests of a scenario.
///
/// @param gaps the law of the gaps between arrivals
/// @param work the law of the seconds that a request takes a core of speed 1
/// @param requests how many arrive
/// @param warmup how many of the first requests the figures leave out
/// @param patienceNanos how long a client waits for a slot before it leaves; 0 never leaves
public record Demand(GapLaw gaps, GapLaw work, int requests, int warmup, long patienceNanos) {
  private static final int REQUESTS_MAX = 100_000_000;

  public Demand {
    var problems = new Problems();
    problems.check(
        requests >= 1 && requests <= REQUESTS_MAX, "requests", requests, "1 to " + REQUESTS_MAX);
    problems.check(
        warmup >= 0 && warmup < requests, "warmup", warmup, ">= 0 and less than requests");
    problems.check(patienceNanos >= 0, "patience", patienceNanos, ">= 0");
    problems.throwIfAny("scenario");
  }
}
