package dev.weir.observe;

import java.time.Duration;

/// How far another machine's clock is ahead of ours.
///
/// @param ahead below zero if it is behind
/// @param uncertainty by how much that may be wrong at most: half the round trip it was asked in
public record ClockDifference(Duration ahead, Duration uncertainty) {}
