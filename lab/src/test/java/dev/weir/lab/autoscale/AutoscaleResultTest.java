package dev.weir.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.lab.autoscale.AutoscaleResult.ScaledTrial;
import dev.weir.scale.Promise;
import dev.weir.sim.scale.LoadTraces;
import dev.weir.stats.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rules compared: means over rounds, ratios within a round, and a table that says what it counts.
final class AutoscaleResultTest {
  private static final AutoscalePlan PLAN =
      new AutoscalePlan(
          Promise.parse("p99<1s"),
          1,
          4,
          LoadTraces.STEP,
          Duration.ofMinutes(5),
          Optional.empty(),
          Optional.empty());

  private final AutoscaleResult result =
      new AutoscaleResult(
          Path.of("c"),
          List.of("cpu", "weir"),
          PLAN,
          List.of(
              run(1, "cpu", true, 400, .10),
              run(1, "weir", true, 200, .05),
              run(2, "cpu", true, 100, .02),
              run(2, "weir", true, 200, 0),
              run(3, "cpu", false, 9_999, .9),
              run(3, "weir", true, 200, .03)));

  @Test
  void ratiosAreTakenWithinARoundAndLeaveOutWhatDoesNotCount() {
    assertThat(result.ratio("weir", AutoscaleOutcome::replicaSeconds).rounds())
        .containsExactly(.5, 2.0);
    assertThat(result.ratio("weir", AutoscaleOutcome::replicaSeconds).mean())
        .isEqualTo(1, within(1e-12));
    assertThat(result.mean("cpu", AutoscaleOutcome::replicaSeconds)).isEqualTo(250);
  }

  @Test
  void theTableSaysWhatItCounts() {
    assertThat(result.lines().getFirst()).contains("replica-seconds", "bad 10 s", "scalings");
    assertThat(result.lines().get(1)).startsWith("cpu").contains("250", "6.00 %");
    assertThat(result.lines().get(2)).startsWith("weir").contains("200", "x1.00", "2.67 %");
    assertThat(String.join("\n", result.notes()))
        .contains("windows of 10 s in which more than 1.00 %", "left out: round 3 of cpu");
  }

  @Test
  void jsonHasEveryRunAndEveryRatio() {
    String json = result.json("weir compare", 7, "service web", Map.of("peak", "30/s"));
    assertThat(json)
        .contains("\"windowSeconds\": 10", "\"baseline\": \"cpu\"", "\"costRatio\"")
        .contains("\"replicaSeconds\": 9999.0", "\"counts\": false");
  }

  private static ScaledTrial run(int round, String rule, boolean counts, double cost, double late) {
    var trial =
        new Trial(round, rule, counts, Map.of(), 100, 0, counts ? "VALID" : "VOID", "1-" + rule);
    return new ScaledTrial(trial, new AutoscaleOutcome(cost, 100, 0, late, 0, 1.5, 2, 3));
  }
}
