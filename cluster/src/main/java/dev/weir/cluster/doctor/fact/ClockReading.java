package dev.weir.cluster.doctor.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How far a clock is ahead of this machine's.
///
/// @param ahead the difference; negative if it is behind
/// @param error half the time between question and response: the difference is that uncertain
public record ClockReading(Duration ahead, Duration error) {
  /// Of a time that was read between two moments of this machine.
  public static ClockReading of(Instant before, Instant read, Instant after) {
    Duration half = Duration.between(before, after).dividedBy(2);
    return new ClockReading(Duration.between(before.plus(half), read), half);
  }

  /// The most certain one.
  public static Optional<ClockReading> best(List<ClockReading> readings) {
    return readings.stream().min(Comparator.comparing(ClockReading::error));
  }

  /// How far it surely is from another clock; zero if both may show the same.
  public Duration surelyApart(ClockReading other) {
    Duration apart = ahead.minus(other.ahead).abs().minus(error).minus(other.error);
    return apart.isNegative() ? Duration.ZERO : apart;
  }
}
