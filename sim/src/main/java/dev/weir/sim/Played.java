package dev.weir.sim;

/// A run with all its response times.
///
/// @param outcome its figures
/// @param times of each request
public record Played(Outcome outcome, ResponseTimes times) {}
