package dev.weir.sim.suite;

/// A p99 that an earlier version reached in a case.
///
/// @param version which
/// @param p99Seconds the figure
/// @param steady whether it covers only the second half of the requests
public record Reference(String version, double p99Seconds, boolean steady) {}
