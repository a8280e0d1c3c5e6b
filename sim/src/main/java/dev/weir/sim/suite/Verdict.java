package dev.weir.sim.suite;

import java.util.Comparator;
import java.util.List;

/// The result of a case.
///
/// @param name the case's
/// @param weir median p99 of `weir` over the seeds, from the first request on, in seconds
/// @param leastRequests the same for `least-requests`; if a replica errs, for `weir` without it
/// @param findings one for each rule
public record Verdict(String name, double weir, double leastRequests, List<RuleResult> findings) {
  /// Whether it passes by every rule.
  public boolean passes() {
    return findings.stream().allMatch(RuleResult::passes);
  }

  /// The decisive finding: the farthest over its bound, or else the nearest to it.
  public RuleResult decisive() {
    return findings.stream().max(Comparator.comparingDouble(RuleResult::strain)).orElseThrow();
  }
}
