package dev.weir.observe;

import java.time.Duration;

/// How far another machine's clock is ahead of ours.
///
/// @param ahead below zero if it is behind
/// @param uncertainty the largest error: half the round trip of the measurement
public record ClockDifference(Duration ahead, Duration uncertainty) {
  /// The certain part of the difference; zero if the difference is within the uncertainty, so that
  /// synchronous clocks are not corrected.
  public Duration certain() {
    return ahead.abs().compareTo(uncertainty) > 0 ? ahead : Duration.ZERO;
  }
}
