package dev.weir.report;

import dev.weir.run.RunRecord;
import java.time.Duration;
import java.time.Instant;

/// The time axis of a run: seconds since its load began, or since the run began if it had no load.
///
/// @param origin the instant called zero
/// @param epochSeconds the run's own epoch, which requests refer to, on that axis
record Clock(Instant origin, double epochSeconds) {
  private static final String LOAD_STARTED = "load-started";

  static Clock of(RunRecord run) {
    Instant epoch = run.info().startedAt();
    Instant origin =
        run.events().stream()
            .filter(event -> event.kind().equals(LOAD_STARTED))
            .map(event -> event.at())
            .findFirst()
            .orElse(epoch);
    return new Clock(origin, seconds(origin, epoch));
  }

  /// The name of the axis: what second zero of a run is.
  static String axis(RunRecord run) {
    boolean loaded = run.events().stream().anyMatch(event -> event.kind().equals(LOAD_STARTED));
    return "Time (s since the %s began)".formatted(loaded ? "load" : "recording");
  }

  double at(long nanosSinceEpoch) {
    return epochSeconds + nanosSinceEpoch / 1e9;
  }

  double at(Instant instant) {
    return seconds(origin, instant);
  }

  /// Signed, with nanoseconds.
  static double seconds(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    return between.getSeconds() + between.getNano() / 1e9;
  }
}
