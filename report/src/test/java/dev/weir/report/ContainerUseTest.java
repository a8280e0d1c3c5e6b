package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.run.ContainerSample;
import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What containers used, all in all.
class ContainerUseTest {
  @Test
  void cpuTimeIsTheCountersDifference() {
    ContainerUse use = use(sample(0, 500, 10), sample(1000, 700, 30), sample(2000, 1500, 20));
    assertThat(use.cpuSeconds()).isCloseTo(1.0, within(1e-9));
    assertThat(use.meanCores()).isCloseTo(0.5, within(1e-9));
    assertThat(use.maxCores()).isCloseTo(0.8, within(1e-9));
    assertThat(use.maxMegabytes()).isCloseTo(30, within(1e-9));
    assertThat(use.samples()).isEqualTo(3);
  }

  @Test
  void aCounterThatBeginsAnewCountsFromZero() {
    ContainerUse use = use(sample(0, 500, 1), sample(1000, 700, 1), sample(2000, 100, 1));
    assertThat(use.cpuSeconds()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void repeatedAndUnorderedSamplesCountOnce() {
    ContainerUse use =
        use(sample(2000, 900, 1), sample(0, 500, 1), sample(1000, 700, 1), sample(1000, 700, 1));
    assertThat(use.samples()).isEqualTo(3);
    assertThat(use.cpuSeconds()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void oneSampleHasNoRate() {
    ContainerUse use = use(sample(0, 500, 1));
    assertThat(use.meanCores()).isNaN();
    assertThat(use.maxCores()).isNaN();
    assertThat(use.cpuSeconds()).isZero();
  }

  private static ContainerUse use(ContainerSample... samples) {
    var run =
        new RunRecord(
            SyntheticRun.usual("x").info(),
            List.of(),
            Map.of("c", List.of(samples), "none", List.of()),
            List.of(),
            Optional.empty());
    List<ContainerUse> uses = ContainerUse.of(run);
    assertThat(uses).hasSize(1);
    return uses.getFirst();
  }

  private static ContainerSample sample(long millis, long cpuMillis, long megabytes) {
    return new ContainerSample(
        "c",
        "w1",
        SyntheticRun.START.plusMillis(millis),
        cpuMillis * 1_000_000,
        0,
        0,
        megabytes * 1_000_000,
        0);
  }
}
