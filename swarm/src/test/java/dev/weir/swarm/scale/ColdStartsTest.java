package dev.weir.swarm.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is measured of replicas that start.
final class ColdStartsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> NONE = List.of();

  private final ColdStarts starts = new ColdStarts();

  @Test
  void aStartLastsFromTheTaskToItsFirstConnection() {
    starts.note(List.of("a"), NONE, NONE, NONE, 0);
    assertThat(starts.isAnyStarting()).isTrue();
    starts.note(NONE, NONE, List.of("a"), NONE, 3 * SECOND);
    assertThat(starts.percentileSeconds()).as("it runs, and accepts nothing yet").isEmpty();
    starts.note(NONE, NONE, List.of("a"), List.of("a"), 5 * SECOND);
    assertThat(starts.percentileSeconds()).hasValue(5);
    assertThat(starts.isAnyStarting()).isFalse();
  }

  @Test
  void whatRanBeforeTheBalancerStartedSaysNothing() {
    starts.note(NONE, NONE, List.of("a"), NONE, 0);
    starts.note(NONE, NONE, List.of("a"), List.of("a"), SECOND);
    assertThat(starts.percentileSeconds()).isEmpty();
  }

  @Test
  void whatNeverStartsIsForgotten() {
    starts.note(List.of("a"), NONE, NONE, NONE, 0);
    starts.note(NONE, NONE, NONE, NONE, SECOND);
    assertThat(starts.isAnyStarting()).isFalse();
    starts.note(NONE, NONE, List.of("a"), List.of("a"), 2 * SECOND);
    assertThat(starts.percentileSeconds()).isEmpty();
  }

  /// Hours without room on any node say nothing about how long a start takes.
  @Test
  void theWaitForANodeIsNoPartOfAStart() {
    starts.note(List.of("a"), List.of("a"), NONE, NONE, 0);
    assertThat(starts.isAnyStarting()).isTrue();
    starts.note(List.of("a"), List.of("a"), NONE, NONE, 7200 * SECOND);
    starts.note(List.of("a"), NONE, NONE, NONE, 7201 * SECOND);
    starts.note(NONE, NONE, List.of("a"), List.of("a"), 7205 * SECOND);
    assertThat(starts.percentileSeconds()).hasValue(5);
  }

  @Test
  void theNinetiethPercentileIsOfTheLastTwenty() {
    for (int i = 1; i <= 40; i++) {
      starts.note(List.of("t" + i), NONE, NONE, NONE, 0);
      starts.note(NONE, NONE, List.of("t" + i), List.of("t" + i), i * SECOND);
    }
    assertThat(starts.percentileSeconds()).hasValue(38);
  }
}
