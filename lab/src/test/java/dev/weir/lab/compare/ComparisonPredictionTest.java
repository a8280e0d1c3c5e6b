package dev.weir.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Poisson;
import dev.weir.balance.PolicySpec;
import dev.weir.lab.local.LocalWork;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Variant;
import dev.weir.stats.Measure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A prediction has the same ratios as queueing theory.
final class ComparisonPredictionTest {
  /// At 75 % load the mean at a single server is the same for every balancer; of four, round robin
  /// does worse.
  @Test
  void predictsRatiosOfTheBaseline() {
    assertThat(predicted(1).get("round-robin")).isCloseTo(1, within(.25));
    Map<String, Double> four = predicted(4);
    assertThat(four).containsEntry("weir", 1.0);
    assertThat(four.get("round-robin")).isBetween(1.2, 3.5);
    assertThat(predicted(4)).as("the same seed").isEqualTo(four);
  }

  private static Map<String, Double> predicted(int servers) {
    var cases = new LinkedHashMap<String, ComparisonPrediction.Case>();
    List<ServerSpec> all = Collections.nCopies(servers, ServerSpec.of(1, 1));
    cases.put("weir", new ComparisonPrediction.Case(Variant.of(PolicySpec.WEIR), all));
    cases.put(
        "round-robin", new ComparisonPrediction.Case(Variant.of(PolicySpec.ROUND_ROBIN), all));
    return new ComparisonPrediction(
            new Poisson(50 * servers),
            LocalWork.DEMO.law(),
            "10 ms",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            cases)
        .ratios(Measure.MEAN, 7);
  }
}
