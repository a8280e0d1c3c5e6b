package dev.weir.observe.agent;

import dev.weir.observe.SampleSource;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A source that also reports whether reading works.
final class SourceHealth implements SampleSource {
  private static final int ROUNDS_LATE_MAX = 5;
  private static final Duration LATE_MIN = Duration.ofSeconds(5);

  private final SampleSource source;
  private final Duration lateMax;
  private volatile State state = new State(Instant.MIN, "no sample was taken yet");

  SourceHealth(SampleSource source, Duration cadence) {
    this.source = source;
    Duration rounds = cadence.multipliedBy(ROUNDS_LATE_MAX);
    this.lateMax = rounds.compareTo(LATE_MIN) > 0 ? rounds : LATE_MIN;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    try {
      List<ContainerSample> samples = source.read(now);
      state = new State(now, "");
      return samples;
    } catch (IOException e) {
      state = new State(now, Objects.requireNonNullElse(e.getMessage(), e.toString()));
      throw e;
    }
  }

  /// The problem in one line; empty if there is none.
  String problem(Instant now) {
    State last = state;
    if (last.problem.isEmpty() && Duration.between(last.at, now).compareTo(lateMax) > 0) {
      return "no sample since " + last.at;
    }
    return last.problem;
  }

  /// The result of the last round.
  private record State(Instant at, String problem) {}
}
