package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.ScaleChart.Line;
import dev.weir.report.output.Format;
import dev.weir.run.ReplicaCounts;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a chart and a page show of a run that was scaled.
final class RunScalingTest {
  private final RunRecord run = ScaledRun.of(SyntheticRun.usual("weir"));
  private final RunScaling scaling = RunScaling.of(run).orElseThrow();

  @TempDir private Path folder;

  @Test
  void aRunWithoutCountsWasNotScaled() {
    assertThat(RunScaling.of(SyntheticRun.usual("weir"))).isEmpty();
  }

  @Test
  void replicasAreStepsFromTheBeginOfTheLoadToItsEnd() {
    Line desired = scaling.replicas("weir", ReplicaCounts::desired);
    assertThat(desired.seconds().subList(0, 5)).containsExactly(0.0, 11.0, 11.0, 16.0, 16.0);
    assertThat(desired.values()).containsExactly(1.0, 1.0, 3.0, 3.0, 3.0, 3.0, 2.0, 2.0);
    Line running = scaling.replicas("weir", ReplicaCounts::running);
    assertThat(running.values()).containsExactly(1.0, 1.0, 1.0, 1.0, 3.0, 3.0, 2.0, 2.0);
  }

  @Test
  void arrivalsAddUpToTheRequestsOfAllWindowsButTheLast() {
    double sum = scaling.arrivals("arrivals", 5).values().stream().mapToDouble(v -> 5 * v).sum();
    assertThat(Math.round(sum)).isBetween(700L, 800L);
  }

  @Test
  void theTreeHasDecisionsAndThePromise() {
    Map<String, Object> tree = scaling.tree(Timeline.of(run, 5));
    assertThat(tree)
        .containsEntry("percentile", "p99")
        .containsEntry("promise", "p99<300ms")
        .containsEntry("bound", 300.0);
    assertThat(PageJson.of(tree)).contains("[10,3,1,\"scaled:", "[[0,1,1],[11,3,1],[16,3,3]");
  }

  @Test
  void rulesAreDrawnOnOneAxis() throws IOException {
    Path file = folder.resolve("scaled.svg");
    ScaleChart.of("step", "", Promise.parse("p99<300ms"), Map.of("weir", run), 5)
        .write(file, Format.SVG);
    assertThat(file).content().contains("replicas", "arrivals", "weir");
  }
}
