package dev.weir.load.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a sender lets others run, on virtual time.
class SchedulingPriorityTest {
  private static final long MILLI = 1_000_000L;

  private final List<String> events = new ArrayList<>();
  private final SchedulingPriority priority =
      new SchedulingPriority(() -> events.add("first"), () -> events.add("like others"));

  @Test
  void whoKeepsUpKeepsIt() {
    priority.take();
    for (long now = 0; now < 10_000 * MILLI; now += MILLI) {
      // Spinning from one request to the next, and late for two of three.
      priority.next(now - MILLI, now);
      priority.next(now - 2 * MILLI, now);
      priority.next(now, now);
    }
    assertThat(events).containsExactly("first");
  }

  @Test
  void whoIsBehindForLongGivesItUpUntilTheScheduleIsCaughtUpWith() {
    priority.take();
    for (long now = 0; now <= 100; now++) {
      priority.next(-1, now * MILLI);
    }
    assertThat(events).containsExactly("first");
    for (long now = 101; now <= 500; now++) {
      priority.next(-1, now * MILLI);
    }
    assertThat(events).containsExactly("first", "like others");
    priority.next(501 * MILLI, 500 * MILLI);
    assertThat(events).containsExactly("first", "like others", "first");
  }

  @Test
  void whatWasNeverGrantedIsNotGivenUp() {
    var refused = new SchedulingPriority(() -> false, () -> events.add("like others"));
    refused.take();
    refused.next(-1, 0);
    refused.next(-1, 1_000 * MILLI);
    assertThat(events).isEmpty();
  }
}
