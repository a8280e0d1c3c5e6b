package dev.weir.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a request costs, from the samples of a recorded run.
final class CpuCostTest {
  /// 120 requests between two samples that are a second of CPU apart.
  @Test
  void costOfARequestIsWhatWasUsedBetweenSamples() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    var requests = new ArrayList<RequestRecord>();
    for (int i = 0; i < 120; i++) {
      long due = i * 20_000_000L;
      requests.add(new RequestRecord(i, due, due, due + 1, 200, 1, "r", ""));
    }
    var info = new RunInfo("a", "a", start, "", 1, Map.of());
    // What was used long before and long after the load does not count.
    List<ContainerSample> samples =
        List.of(
            sample(start.minusSeconds(9), 2),
            sample(start, 5),
            sample(start.plusNanos(1_200_000_000L), 5),
            sample(start.plusNanos(2_380_000_002L), 6),
            sample(start.plusSeconds(9), 8));
    var run = new RunRecord(info, requests, Map.of("r", samples), List.of(), Optional.empty());
    assertThat(CpuCost.of(run).orElseThrow().millis()).isCloseTo(1000 / 120.0, within(.001));
    assertThat(
            CpuCost.of(
                new RunRecord(info, List.of(), Map.of("r", samples), List.of(), Optional.empty())))
        .isEmpty();
  }

  private static ContainerSample sample(Instant at, long cpuSeconds) {
    return new ContainerSample("r", "n", at, cpuSeconds * 1_000_000_000L, -1, -1, 0, 0);
  }
}
