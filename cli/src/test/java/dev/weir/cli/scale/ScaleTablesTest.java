package dev.weir.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Old figures are called old.
final class ScaleTablesTest {
  @Test
  void aBoardThatNobodyWritesIsStale() {
    assertThat(ScaleTables.staleness(Duration.ofSeconds(4))).isEmpty();
    assertThat(ScaleTables.staleness(Duration.ofSeconds(90)).orElseThrow())
        .contains("No balancer has reported for 90.0 s")
        .contains("weir balance --swarm");
  }
}
