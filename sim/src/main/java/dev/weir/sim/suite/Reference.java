package dev.weir.sim.suite;

/// A p99 that an earlier version reached in a case.
///
/// @param version which
/// @param p99Seconds the figure
/// @param steady whether it is of the second half of the requests, or from the first on
public record Reference(String version, double p99Seconds, boolean steady) {}
