package dev.weir.scale;

/// A decision, and what came of it.
///
/// @param epochMillis when, in milliseconds since 1970
/// @param decision what was decided, and why
/// @param before how many replicas were asked for until then
/// @param done what came of it: `kept`, `advised`, `scaled`, or why not
public record ScaleEvent(long epochMillis, Decision decision, int before, String done) {}
