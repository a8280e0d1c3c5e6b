package dev.weir.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An impossible timestamp differs from a wrong clock.
class SampleTimesTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void yearOneAndTheFarFutureCannotBeTrue() {
    List<ContainerSample> samples = seconds(START, 10);
    samples.add(at(Instant.parse("0001-01-01T00:00:00Z")));
    samples.add(at(Instant.MAX));
    samples.add(at(START.plus(Duration.ofDays(3))));
    samples.add(at(START.minus(Duration.ofDays(400))));
    assertThat(kept(samples)).containsExactlyElementsOf(seconds(START, 10));
  }

  @Test
  void aloneYearOneCannotBeTrueEither() {
    assertThat(kept(List.of(at(Instant.parse("0001-01-01T00:00:00Z"))))).isEmpty();
    assertThat(kept(List.of(at(START)))).hasSize(1);
  }

  @Test
  void aClockThatIsAlwaysWrongIsKept() {
    List<ContainerSample> ahead = seconds(START.plus(Duration.ofDays(30)), 10);
    assertThat(kept(ahead)).isEqualTo(ahead);
  }

  @Test
  void aRecordingOfDaysIsKept() {
    var samples = new ArrayList<ContainerSample>();
    for (int hour = 0; hour < 100; hour++) {
      samples.add(at(START.plus(Duration.ofHours(hour))));
    }
    assertThat(kept(samples)).isEqualTo(samples);
  }

  private static List<ContainerSample> kept(List<ContainerSample> samples) {
    SampleTimes times = SampleTimes.of(samples);
    return samples.stream().filter(times::holds).toList();
  }

  private static List<ContainerSample> seconds(Instant from, int count) {
    var samples = new ArrayList<ContainerSample>();
    for (int i = 0; i < count; i++) {
      samples.add(at(from.plusSeconds(i)));
    }
    return samples;
  }

  private static ContainerSample at(Instant timestamp) {
    return new ContainerSample("web", "n", timestamp, 1, -1, -1, -1, -1);
  }
}
