package dev.weir.sim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Poisson;
import dev.weir.scale.Demand;
import dev.weir.scale.Predictor;
import dev.weir.scale.Promise;
import dev.weir.scale.TwoMomentWork;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Autoscaling in short: fixed seeds, and bounds with room. `weir simulate --autoscale` plays more.
final class ScaleSimulationTest {
  private static final Promise PROMISE = new Promise(99, 1);
  private static final double PEAK_PER_SECOND = 100;
  private static final NamedRule WEIR = new NamedRule.Weir(75, 10);
  private static final NamedRule CPU = new NamedRule.Cpu();
  private static final NamedRule KPA = new NamedRule.Kpa();

  private final ScaleScenario scenario = scenario(15, false, 1);

  /// Eleven replicas at 100/s: M/M/11, whose percentiles the predictor knows.
  @Test
  void aFixedNumberOfReplicasIsAQueueWithAsManyServers() {
    var tight = new ScaleScenario(new Promise(99, 0.5), new Poisson(10), 1, 15, 1, 40, false, 1);
    ScaleResult result = play(LoadTraces.FLAT, tight, new NamedRule.Fixed(11), 3);
    double predicted =
        new Predictor()
            .predict(new Demand(PEAK_PER_SECOND, 1, new TwoMomentWork(0.1, 1)), 11, 1)
            .exceeds(0.5);
    assertThat(result.lateShare()).isCloseTo(predicted, within(predicted / 4));
    assertThat(result.replicaSeconds()).isCloseTo(11 * 3600, within(1.0));
    assertThat(result.requests()).isBetween(357_000, 363_000);
    assertThat(result.starts()).isZero();
  }

  /// Every request is served once, whatever the order, and the worst wait is the price of it.
  @Test
  void lateLastServesAllAndFewerOfThemLate() {
    ScaleResult fifo = play(LoadTraces.FLASH, scenario, CPU, 1);
    ScaleResult lateLast = play(LoadTraces.FLASH, scenario(15, true, 1), CPU, 1);
    assertThat(lateLast.requests()).isEqualTo(fifo.requests());
    assertThat(lateLast.lateShare()).isLessThan(fifo.lateShare() / 2);
    assertThat(lateLast.worstWaitSeconds()).isGreaterThan(fifo.worstWaitSeconds());
  }

  @Test
  void theSameSeedPlaysTheSame() {
    assertThat(play(LoadTraces.MMPP, scenario, WEIR, 5))
        .isEqualTo(play(LoadTraces.MMPP, scenario, WEIR, 5));
  }

  /// The goals at a peak of ten slots, with one seed and some room: docs/autoscaling.md has them.
  @Test
  void costsAQuarterLessThanTheCpuRuleAndIsLateLessOften() {
    double cost = 0;
    double late = 0;
    double lateByCpu = 0;
    for (LoadTraces trace : LoadTraces.values()) {
      ScaleResult ours = play(trace, scenario, WEIR, 1);
      ScaleResult cpu = play(trace, scenario, CPU, 1);
      cost += ours.replicaSeconds() / cpu.replicaSeconds() / 6;
      late += ours.lateShare() / 6;
      lateByCpu += cpu.lateShare() / 6;
    }
    assertThat(cost).isLessThan(0.79);
    assertThat(late).isLessThan(lateByCpu / 2).isLessThan(0.035);
  }

  /// A minute's promise is a third of KPA's lateness at no more cost, with late requests last.
  @Test
  void isLateFarLessOftenThanKpaInAFlashCrowd() {
    ScaleResult kpa = play(LoadTraces.FLASH, scenario, KPA, 1);
    ScaleResult ours = play(LoadTraces.FLASH, scenario(15, true, 1), WEIR, 1);
    assertThat(ours.replicaSeconds()).isLessThan(kpa.replicaSeconds());
    assertThat(ours.lateShare()).isLessThan(kpa.lateShare());
  }

  @Test
  void wrongKnowledgeAndColdStartsAreNoCollapse() {
    for (ScaleScenario one :
        List.of(scenario(15, false, 0.9), scenario(5, false, 1), scenario(60, false, 1))) {
      ScaleResult result = play(LoadTraces.DIURNAL, one, WEIR, 1);
      assertThat(result.lateShare()).as("%s", one).isLessThan(0.02);
    }
    LoadTrace few = LoadTraces.DIURNAL.trace(0.9, 1);
    ScaleResult rare = ScaleSimulation.run(few, scenario, WEIR, 1, _ -> {});
    assertThat(rare.replicaSeconds() / 3600).isLessThan(2.1);
    assertThat(rare.lateShare()).isLessThan(0.05);
  }

  @Test
  void aClairvoyantRuleIsCheaperAndLessOftenLate() {
    ScaleResult best = play(LoadTraces.STEP, scenario, new NamedRule.Clairvoyant(), 1);
    ScaleResult ours = play(LoadTraces.STEP, scenario, WEIR, 1);
    assertThat(best.replicaSeconds()).isLessThan(ours.replicaSeconds());
    assertThat(best.lateShare()).isLessThan(ours.lateShare());
  }

  @Test
  void tracesHaveTheirPeaks() {
    for (LoadTraces trace : LoadTraces.values()) {
      LoadTrace played = trace.trace(PEAK_PER_SECOND, 1);
      assertThat(played.seconds()).isEqualTo(3600);
      assertThat(played.peakPerSecond(60)).as(trace.label()).isBetween(95.0, 160.0);
    }
    LoadTrace flash = LoadTraces.FLASH.trace(80, 1);
    assertThat(flash.perSecond(1199)).isEqualTo(10);
    assertThat(flash.perSecond(1210)).isEqualTo(80);
    assertThat(LoadTraces.STEP.trace(80, 1).perSecond(2400)).isEqualTo(20);
  }

  @Test
  void aRecordedTraceIsPlayedAsItWas() {
    double[] arrivals = IntStream.range(0, 1200).mapToDouble(i -> i / 10.0).toArray();
    LoadTrace recorded = LoadTrace.recorded("tens", arrivals);
    ScaleResult result = ScaleSimulation.run(recorded, scenario, WEIR, 1, _ -> {});
    assertThat(result.requests()).isEqualTo(1200);
    assertThat(recorded.peakPerSecond(60)).isCloseTo(10, within(0.2));
    assertThat(result.series()).hasSize(12).allMatch(point -> point.arrivalsPerSecond() == 10);
  }

  private static ScaleScenario scenario(double coldStart, boolean lateLast, double workError) {
    return new ScaleScenario(PROMISE, new Poisson(10), 1, coldStart, 1, 40, lateLast, workError);
  }

  private static ScaleResult play(
      LoadTraces trace, ScaleScenario scenario, NamedRule rule, long seed) {
    return ScaleSimulation.run(trace.trace(PEAK_PER_SECOND, seed), scenario, rule, seed, _ -> {});
  }
}
