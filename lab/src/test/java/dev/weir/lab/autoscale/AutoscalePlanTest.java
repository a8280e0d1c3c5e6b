package dev.weir.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Schedule;
import dev.weir.scale.Promise;
import dev.weir.sim.scale.LoadTraces;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every rule meets: the schedule, the bounds and the labels.
final class AutoscalePlanTest {
  @Test
  void everyRuleOfARoundGetsTheSameSchedule() {
    AutoscalePlan plan = plan(LoadTraces.STEP, 1, 6);
    Schedule schedule = plan.schedule(40, 7);
    Schedule again = plan.schedule(40, 7);
    assertThat(again.size()).isEqualTo(schedule.size());
    assertThat(again.dueNanos(99)).isEqualTo(schedule.dueNanos(99));
    assertThat(plan.schedule(40, 8).dueNanos(99)).isNotEqualTo(schedule.dueNanos(99));
  }

  @Test
  void theHourOfATraceIsSqueezedIntoTheRun() {
    Schedule schedule = plan(LoadTraces.STEP, 1, 6).schedule(40, 7);
    // 10/s, 40/s and 10/s for 40 s each; three standard deviations are 147.
    assertThat(schedule.size()).isCloseTo(2_400, within(147));
    assertThat(schedule.spanNanos()).isBetween(115_000_000_000L, 120_000_000_000L);
    int before = 0;
    while (schedule.dueNanos(before) < 40_000_000_000L) {
      before++;
    }
    assertThat(before).isCloseTo(400, within(60));
  }

  @Test
  void labelsAreThoseOfTheBalancers() {
    var plan =
        new AutoscalePlan(
            Promise.parse("p99<300ms"),
            1,
            6,
            LoadTraces.MMPP,
            Duration.ofMinutes(2),
            Optional.of(Duration.ofSeconds(15)),
            Optional.empty());
    assertThat(plan.labels())
        .isEqualTo(
            Map.of(
                "weir.slo", "p99<300ms",
                "weir.scale", "1..6",
                "weir.scale.mode", "act",
                "weir.scale.hold", "15000ms"));
  }

  @Test
  void countsStayWithinTheBounds() {
    AutoscalePlan plan = plan(LoadTraces.FLAT, 2, 5);
    assertThat(plan.bounded(1)).isEqualTo(2);
    assertThat(plan.bounded(4)).isEqualTo(4);
    assertThat(plan.bounded(9)).isEqualTo(5);
  }

  @Test
  void boundsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> plan(LoadTraces.FLAT, 0, 5)).hasMessageContaining("--scale: 0..5");
    assertThatThrownBy(() -> plan(LoadTraces.FLAT, 6, 5)).hasMessageContaining("--scale: 6..5");
    assertThatThrownBy(() -> plan(LoadTraces.FLAT, 1, 1001)).hasMessageContaining("1..1001");
  }

  private static AutoscalePlan plan(LoadTraces trace, int min, int max) {
    return new AutoscalePlan(
        Promise.parse("p99<1s"),
        min,
        max,
        trace,
        Duration.ofMinutes(2),
        Optional.empty(),
        Optional.empty());
  }
}
