package dev.weir.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Counts of replicas and decisions about them, written as events and read back.
final class ScalingEventsTest {
  private static final Instant AT = Instant.ofEpochSecond(9);

  @Test
  void countsAreReadBack() {
    var counts = new ReplicaCounts(4, 2, 5);
    assertThat(counts.text()).isEqualTo("4 wanted, 2 running, 5 in all");
    assertThat(ReplicaCounts.of(new RunEvent(AT, ReplicaCounts.KIND, "web", counts.text())))
        .contains(counts);
  }

  @Test
  void decisionsAreReadBackWithAllTheirWords() {
    var decided = new ScaleDecided(2, 4, "scaled: λ=42±3/s, p99 412 ms with 3 -> 4 (base)");
    assertThat(ScaleDecided.of(new RunEvent(AT, ScaleDecided.KIND, "web", decided.text())))
        .contains(decided);
  }

  @Test
  void otherEventsAreNeither() {
    var scaled = new RunEvent(AT, "service-scaled", "web", "2 -> 4 replicas, scaled");
    assertThat(ScaleDecided.of(scaled)).isEmpty();
    assertThat(ReplicaCounts.of(scaled)).isEmpty();
    assertThat(ReplicaCounts.of(new RunEvent(AT, ReplicaCounts.KIND, "web", "4 wanted"))).isEmpty();
  }
}
