package dev.weir.sim;

import java.util.List;

/// A run with all its response times.
///
/// @param outcome its figures
/// @param times of each request
/// @param limits the changes of replicas' limits, in order of time; empty unless requested
public record SimulatedRun(PolicyResult outcome, ResponseTimes times, List<LimitChange> limits) {
  public SimulatedRun {
    limits = List.copyOf(limits);
  }
}
