package dev.weir.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Names of containers, and until when each was sampled.
class SampleCoverageTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SampleCoverage coverage = new SampleCoverage();

  @Test
  void containersOfOneNameOnTwoNodesAreKeptApart() {
    assertThat(sampled("cadvisor", "w1", 0)).isEqualTo("cadvisor");
    assertThat(sampled("cadvisor", "w2", 0)).isEqualTo("cadvisor@w2");
    assertThat(sampled("cadvisor", "w1", 1)).isEqualTo("cadvisor");
    assertThat(coverage.containers()).containsExactly("cadvisor", "cadvisor@w2");
  }

  @Test
  void anInstantIsReachedWhenAllAreThere() {
    assertThat(coverage.reaches(START)).as("nothing is sampled").isFalse();
    sampled("a", "w1", 1);
    sampled("b", "w2", 0);
    assertThat(coverage.behind(START.plusSeconds(1))).containsExactly("b");
    assertThat(coverage.reaches(START.plusSeconds(1))).isFalse();
    sampled("b", "w2", 1);
    assertThat(coverage.reaches(START.plusSeconds(1))).isTrue();
  }

  @Test
  void whatHasEndedIsNotWaitedFor() {
    sampled("a", "w1", 5);
    sampled("b", "w2", 0);
    coverage.ended("b");
    assertThat(coverage.reaches(START.plusSeconds(5))).isTrue();
    assertThat(coverage.containers()).contains("b");
  }

  private String sampled(String container, String node, long second) {
    var sample =
        new ContainerSample(container, node, START.plusSeconds(second), 1, 0, 0, 1, 1, "agent");
    return coverage.named(sample).container();
  }
}
