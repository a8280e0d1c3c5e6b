package dev.weir.sim;

import java.util.List;

/// A run with all its response times.
///
/// @param outcome its figures
/// @param times of each request
/// @param limits how replicas' limits changed, in order of time; empty unless asked for
public record SimulatedRun(PolicyResult outcome, ResponseTimes times, List<LimitChange> limits) {
  public SimulatedRun {
    limits = List.copyOf(limits);
  }
}
