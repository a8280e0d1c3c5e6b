package dev.weir.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds samples with impossible timestamps.
///
/// One sample stamped year 1 stretches a chart of seconds over centuries. A clock that is wrong all
/// the time is kept: what is compared is a container's samples with one another.
public final class SampleTimes {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /// How far from the middle half of a container's samples one may lie at least.
  private static final Duration APART_MIN = Duration.ofHours(1);

  /// The same in lengths of that middle half, for recordings of days.
  private static final int APART_SPANS = 3;

  private final Instant earliest;
  private final Instant latest;

  private SampleTimes(Instant earliest, Instant latest) {
    this.earliest = earliest;
    this.latest = latest;
  }

  /// Whether an instant lies in the years in which anything is recorded.
  public static boolean isPlausible(Instant timestamp) {
    return !timestamp.isBefore(EARLIEST) && timestamp.isBefore(LATEST);
  }

  /// What is usual among the samples of one container.
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
