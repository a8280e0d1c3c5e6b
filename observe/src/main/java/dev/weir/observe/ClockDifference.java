package dev.weir.observe;

import java.time.Duration;

/// How far another machine's clock is ahead of ours.
///
/// @param ahead below zero if it is behind
/// @param uncertainty by how much that may be wrong at most: half the round trip it was asked in
public record ClockDifference(Duration ahead, Duration uncertainty) {
  /// How far it is ahead; zero if that is less than was found out for certain, so that clocks in
  /// step stay as they are.
  public Duration certain() {
    return ahead.abs().compareTo(uncertainty) > 0 ? ahead : Duration.ZERO;
  }
}
