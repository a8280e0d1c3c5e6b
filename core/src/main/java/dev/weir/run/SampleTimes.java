package dev.weir.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds samples with impossible timestamps.
///
/// A single sample stamped year 1 would stretch a chart of seconds over centuries. A clock that is
/// always wrong is accepted: only differences within a container count.
public final class SampleTimes {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /// How far a sample must lie outside the middle half of its container's samples.
  private static final Duration APART_MIN = Duration.ofHours(1);

  /// The same in lengths of that middle half, for recordings that last days.
  private static final int APART_SPANS = 3;

  private final Instant earliest;
  private final Instant latest;

  private SampleTimes(Instant earliest, Instant latest) {
    this.earliest = earliest;
    this.latest = latest;
  }

  /// Whether an instant lies in plausible years.
  public static boolean isPlausible(Instant timestamp) {
    return !timestamp.isBefore(EARLIEST) && timestamp.isBefore(LATEST);
  }

  /// The usual times among the samples of one container.
  public static SampleTimes of(List<ContainerSample> samples) {
    List<Instant> sorted =
        samples.stream()
            .map(ContainerSample::timestamp)
            .filter(SampleTimes::isPlausible)
            .sorted()
            .toList();
    if (sorted.isEmpty()) {
      return new SampleTimes(EARLIEST, LATEST);
    }
    Instant low = sorted.get(sorted.size() / 4);
    Instant high = sorted.get(sorted.size() - 1 - sorted.size() / 4);
    Duration spans = Duration.between(low, high).multipliedBy(APART_SPANS);
    Duration apart = spans.compareTo(APART_MIN) > 0 ? spans : APART_MIN;
    return new SampleTimes(low.minus(apart), high.plus(apart));
  }

  /// The samples of one container that have impossible timestamps.
  public static List<ContainerSample> impossible(List<ContainerSample> samples) {
    SampleTimes times = of(samples);
    return samples.stream().filter(sample -> !times.holds(sample)).toList();
  }

  /// Whether a sample's timestamp can be true.
  public boolean holds(ContainerSample sample) {
    Instant at = sample.timestamp();
    return isPlausible(at) && !at.isBefore(earliest) && !at.isAfter(latest);
  }
}
