package dev.weir.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The CPU time of a service adds up over containers that come and go.
final class CpuMeterTest {
  private final CpuMeter meter = new CpuMeter("web");

  @Test
  void addsUpAlsoWhatEndedContainersUsed() {
    note("web.1.a", 5);
    note("web.1.a", 7);
    note("web.2.b", 100);
    note("web.2.b", 101);
    assertThat(meter.usedSeconds()).isEqualTo(3);
    note("web.3.c", 50);
    assertThat(meter.usedSeconds()).as("before its first sample").isEqualTo(3);
    note("web.3.c", 54);
    assertThat(meter.usedSeconds()).isEqualTo(7);
  }

  @Test
  void otherServicesDoNotCount() {
    note("webshop.1.a", 5);
    note("webshop.1.a", 9);
    assertThat(meter.hasSamples()).isFalse();
    assertThat(meter.usedSeconds()).isZero();
  }

  @Test
  void aCounterThatStartsAgainCountsFromZero() {
    note("web.1.a", 5);
    note("web.1.a", 2);
    assertThat(meter.usedSeconds()).isEqualTo(2);
  }

  private void note(String container, long cpuSeconds) {
    Instant at = Instant.ofEpochSecond(9);
    meter.note(
        new ContainerSample(container, "m1", at, cpuSeconds * 1_000_000_000, -1, -1, -1, -1));
  }
}
