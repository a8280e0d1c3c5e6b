package dev.weir.sim.scale;

import dev.weir.scale.Demand;
import dev.weir.scale.ReplicaNeed;
import dev.weir.scale.TwoMomentWork;

/// Knows the rate of the trace, now and until a replica that is asked for now is ready, and the
/// true work: what no rule can know.
final class ClairvoyantRule implements AutoscaleRule {
  private static final double TICK_SECONDS = 2;

  private final ScaleScenario scenario;
  private final LoadTrace trace;
  private final TwoMomentWork work;

  ClairvoyantRule(ScaleScenario scenario, LoadTrace trace) {
    this.scenario = scenario;
    this.trace = trace;
    this.work = new TwoMomentWork(scenario.work().meanSeconds(), scenario.work().scv());
  }

  @Override
  public double tickSeconds() {
    return TICK_SECONDS;
  }

  @Override
  public int replicas(ScaleView view) {
    double until = view.nowSeconds() + scenario.coldStartSeconds() + TICK_SECONDS;
    double rate = trace.largestPerSecond(view.nowSeconds(), until);
    return ReplicaNeed.need(
        new Demand(rate, 1, work), scenario.promise(), scenario.slots(), scenario.max());
  }
}
