package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A schedule is drawn whole, from a seed, in the given size.
class ScheduleTest {
  @Test
  void theSameSeedDrawsTheSameForEver() {
    long[] due = due(Schedule.ofCount(new Poisson(4), 3, 7));
    assertThat(due).isEqualTo(due(Schedule.ofCount(new Poisson(4), 3, 7)));
    assertThat(due).isNotEqualTo(due(Schedule.ofCount(new Poisson(4), 3, 8)));
    // Written down: a change of sampler would break every run that was to be repeated.
    assertThat(due).containsExactly(66888768L, 82465988L, 1518373699L);
  }

  @Test
  void countsAndSpans() {
    var byCount = Schedule.ofCount(new Constant(0.5), 4, 1);
    assertThat(due(byCount))
        .containsExactly(500_000_000L, 1_000_000_000L, 1_500_000_000L, 2_000_000_000L);
    assertThat(byCount.spanNanos()).isEqualTo(2_000_000_000L);
    assertThat(byCount.scheduledPerSecond()).isEqualTo(2);
    var byDuration = Schedule.ofDuration(new Constant(0.5), Duration.ofSeconds(3), 1);
    assertThat(byDuration.size()).isEqualTo(6);
    assertThat(byDuration.spanNanos()).isEqualTo(3_000_000_000L);
    assertThat(Schedule.ofDuration(new Constant(5), Duration.ofSeconds(3), 1).size()).isZero();
    assertThat(byCount.describe()).isEqualTo("constant(mean=0.5), 4 arrivals, seed 1");
  }

  @Test
  void conditionedHasExactlyItsCountAndSpan() {
    var law = new Poisson(1000);
    var schedule = Schedule.conditioned(law, 100_000, 7);
    assertThat(schedule.size()).isEqualTo(100_000);
    assertThat(schedule.spanNanos()).isEqualTo(100_000_000_000L);
    assertThat(schedule.scheduledPerSecond()).isEqualTo(1000);
    assertThat(due(schedule)).isSorted();
    assertThat(schedule.dueNanos(99_999)).isLessThan(100_000_000_000L);
    // Counts in short bins scatter as Poisson's (1 +- 0.06 at 10 000 bins); a regular one scores 0.
    assertThat(LawsFollowTheirFormulasTest.idc(schedule, 0.01)).isCloseTo(1, within(0.06));
    assertThat(schedule.describe())
        .isEqualTo("poisson(lambda=1000) conditioned, 100000 arrivals, seed 7");
  }

  @Test
  void tooMuchIsRefusedBeforeItIsDrawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.ofCount(new Poisson(4), 0, 1))
        .withMessage("--iter: 0 (expected: 1 to 20000000)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.ofDuration(new Poisson(1e6), Duration.ofHours(1), 1))
        .withMessage(
            "--duration: PT1H (expected: at most 20000000 arrivals; this makes 3600000000: shorten"
                + " it or lower the rate)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.ofDuration(new Poisson(1), Duration.ZERO, 1))
        .withMessage("--duration: PT0S (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.ofCount(new Constant(1e10), 3, 1))
        .withMessage(
            "--iter: 3 (expected: arrivals within 292 years; constant(mean=10000000000) makes 0)");
  }

  private static long[] due(Schedule schedule) {
    return IntStream.range(0, schedule.size()).mapToLong(schedule::dueNanos).toArray();
  }
}
