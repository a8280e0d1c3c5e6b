package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.RateMeter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is kept and shown of each decision.
final class ScaleTreeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aDecisionIsShownInFull() {
    ScaleEvent event = event(new TwoMomentWork(0.06, 1.5));
    Decision decision = event.decision();
    Map<String, Object> tree = ScaleTree.of(event);
    assertThat(tree)
        .containsEntry("epochMillis", 1_700_000_000_000L)
        .containsEntry("before", 2)
        .containsEntry("replicas", decision.replicas())
        .containsEntry("done", "advised")
        .containsEntry("term", decision.term().label())
        .containsEntry("words", decision.words())
        .containsEntry("arrivalsPerSecond", 40.0)
        .containsEntry("standardError", decision.observation().load().rate().standardError())
        .containsEntry("gapScv", 3.0)
        .containsEntry("workMeanSeconds", 0.06)
        .containsEntry("workScv", 1.5)
        .containsEntry("slots", 2)
        .containsEntry("queued", 5)
        .containsEntry("waitSeconds", 0.25)
        .containsEntry("ready", 1)
        .containsEntry("desired", 2)
        .containsEntry("correction", 1.0)
        .containsEntry("promise", "p99<300ms")
        .containsEntry("aimSeconds", 0.24);
    assertThat(tree.get("terms"))
        .isEqualTo(
            Map.of(
                "base", decision.terms().base(),
                "trend", decision.terms().trend(),
                "backlog", decision.terms().backlog(),
                "held", decision.terms().held(),
                "human", decision.terms().human()));
    assertThat(tree.get("outlook"))
        .isEqualTo(
            Map.of(
                "fewerSeconds", decision.outlook().fewerSeconds(),
                "sameSeconds", decision.outlook().sameSeconds(),
                "moreSeconds", decision.outlook().moreSeconds()));
  }

  @Test
  void whatIsUnknownIsNoNumber() {
    Map<String, Object> tree = ScaleTree.of(event(null));
    assertThat(tree).containsEntry("workMeanSeconds", Double.NaN);
    assertThat(tree).containsEntry("workScv", Double.NaN);
  }

  @Test
  void aReportHasItsDecisionsAndWhoActs() {
    ScaleEvent event = event(new TwoMomentWork(0.06, 1.5));
    var report =
        new ScaleReport("act", 1, 9, false, "self", "", 12.5, "", 2, 1, List.of(event), Map.of());
    assertThat(ScaleTree.of(report, 9))
        .containsEntry("mode", "act")
        .containsEntry("max", 9)
        .containsEntry("coldStartSeconds", 12.5)
        .containsEntry("history", List.of(ScaleTree.of(event)));
    assertThat(report.isActing()).isTrue();
    assertThat(report.latest()).contains(event);
    assertThat(ScaleTree.of(report, 0)).containsEntry("history", List.of());
    var other = new ScaleReport("act", 1, 9, false, "w-2", "", 12.5, "", 2, 1, List.of(), Map.of());
    assertThat(other.isActing()).isFalse();
    assertThat(other.latest()).isEmpty();
    var advises =
        new ScaleReport("advise", 1, 9, false, "self", "", 12.5, "", 2, 1, List.of(), Map.of());
    assertThat(advises.isActing()).isFalse();
  }

  private static ScaleEvent event(@Nullable WorkLaw work) {
    var meter = new RateMeter(0);
    for (int second = 0; second < 90; second++) {
      for (int i = 0; i < 40; i++) {
        meter.note(second * SECOND);
      }
    }
    var load = new ServiceLoad(meter.estimate(90 * SECOND), 3, work, 2, 1, 5, 0.25, 0);
    var now = new Observation(90 * SECOND, load, 2, 15, "", true);
    Decision decision = new Scaler(ScaleSettings.of(Promise.parse("p99<300ms"), 1, 20)).decide(now);
    return new ScaleEvent(1_700_000_000_000L, decision, 2, "advised");
  }
}
