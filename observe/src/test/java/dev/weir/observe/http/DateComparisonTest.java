package dev.weir.observe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.observe.ClockDifference;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Clocks compared by whole seconds, on virtual time.
final class DateComparisonTest {
  private Instant now = Instant.parse("2026-11-26T10:00:00.123Z");
  private int questions;

  @Test
  void findsTheDifferenceToWithinTwoQuestions() {
    Seeds.forAll(
        500,
        random -> {
          Duration ahead = Duration.ofNanos(random.nextLong(-90_000_000_000L, 90_000_000_000L));
          now = now.plusNanos(random.nextLong(1_000_000_000));
          ClockDifference found = compare(random, instant -> instant.plus(ahead)).orElseThrow();
          assertThat(found.ahead().minus(ahead).abs()).isLessThanOrEqualTo(found.uncertainty());
          assertThat(found.uncertainty()).isLessThan(Duration.ofMillis(30));
        });
  }

  /// A loaded server responds late now and then: then less is certain, and what is reported still
  /// holds.
  @Test
  void anResponseThatTakesSecondsIsUncertainAndNotWrong() throws IOException {
    Duration ahead = Duration.ofMillis(40);
    var found =
        new DateComparison(
                () -> {
                  now = now.plusMillis(questions++ == 3 ? 2_500 : 1);
                  return Optional.of(now.plus(ahead).truncatedTo(ChronoUnit.SECONDS));
                },
                () -> now,
                () -> now = now.plusMillis(10))
            .compare()
            .orElseThrow();
    assertThat(found.ahead().minus(ahead).abs()).isLessThanOrEqualTo(found.uncertainty());
    assertThat(found.uncertainty()).isGreaterThan(Duration.ofSeconds(1));
    assertThat(found.certain()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aServerWithoutDateOrTicksGivesNoDifference() {
    var random = new SplittableRandom(1);
    assertThat(compare(random, _ -> Instant.EPOCH)).isEmpty();
    assertThat(questions).isBetween(50, 1_000);
    var silent = new DateComparison(Optional::empty, () -> now, () -> {});
    assertThat(asked(silent)).isEmpty();
  }

  @Test
  void whoDoesNotResponseIsAFailure() {
    var away =
        new DateComparison(
            () -> {
              throw new IOException("cannot connect");
            },
            () -> now,
            () -> {});
    assertThatThrownBy(away::compare).isInstanceOf(IOException.class).hasMessage("cannot connect");
  }

  private Optional<ClockDifference> compare(RandomGenerator random, UnaryOperator<Instant> server) {
    return asked(
        new DateComparison(
            () -> {
              questions++;
              now = now.plusNanos(random.nextLong(1, 5_000_000));
              Instant date = server.apply(now).truncatedTo(ChronoUnit.SECONDS);
              now = now.plusNanos(random.nextLong(1, 5_000_000));
              return Optional.of(date);
            },
            () -> now,
            () -> now = now.plusNanos(random.nextLong(10_000_000, 20_000_000))));
  }

  private static Optional<ClockDifference> asked(DateComparison comparison) {
    try {
      return comparison.compare();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
