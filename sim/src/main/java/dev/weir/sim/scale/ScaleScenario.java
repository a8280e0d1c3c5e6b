package dev.weir.sim.scale;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import dev.weir.scale.Promise;

/// What every autoscaling rule meets.
///
/// @param promise the latency to keep
/// @param work the law of the seconds of work of a request
/// @param slots requests that a replica works on at once, >= 1
/// @param coldStartSeconds from asking for a replica to its first request, >= 0
/// @param min the least number of replicas, >= 1
/// @param max the greatest, >= min
/// @param lateLast whether late requests go behind those that can be on time
/// @param workError what rules that know the work believe it to be, as a multiple of the truth, > 0
public record ScaleScenario(
    Promise promise,
    GapLaw work,
    int slots,
    double coldStartSeconds,
    int min,
    int max,
    boolean lateLast,
    double workError) {
  public ScaleScenario {
    var problems = new Problems();
    problems.check(slots >= 1, "--slots", slots, ">= 1");
    problems.check(coldStartSeconds >= 0, "--cold-start", coldStartSeconds, ">= 0 s");
    problems.check(min >= 1, "--min-replicas", min, ">= 1");
    problems.check(max >= min, "--max-replicas", max, ">= --min-replicas");
    problems.check(workError > 0 && workError <= 10, "--work-error", workError, "> 0 and <= 10");
    problems.throwIfAny("autoscaling");
  }
}
