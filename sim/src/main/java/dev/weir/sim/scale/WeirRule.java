package dev.weir.sim.scale;

import dev.weir.scale.Decision;
import dev.weir.scale.Observation;
import dev.weir.scale.ScaleSettings;
import dev.weir.scale.Scaler;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.Term;
import java.util.EnumMap;
import java.util.Map;

/// Weir's own rule: the [Scaler] that decides in production.
final class WeirRule implements AutoscaleRule {
  private final ScaleScenario scenario;
  private final Scaler scaler;
  private final Map<Term, Integer> terms = new EnumMap<>(Term.class);

  WeirRule(ScaleScenario scenario, ScaleSettings settings) {
    this.scenario = scenario;
    this.scaler = new Scaler(settings);
  }

  @Override
  public double tickSeconds() {
    return Scaler.TICK_SECONDS;
  }

  @Override
  public int replicas(ScaleView view) {
    Decision decision =
        scaler.decide(
            new Observation(
                Math.round(view.nowSeconds() * 1e9),
                load(view),
                view.desired(),
                scenario.coldStartSeconds(),
                "",
                true));
    terms.merge(decision.term(), 1, Integer::sum);
    return decision.replicas();
  }

  private ServiceLoad load(ScaleView view) {
    return new ServiceLoad(
        view.rate(),
        view.gapScv(),
        view.work(),
        scenario.slots(),
        view.ready(),
        view.queued(),
        view.waitSeconds(),
        0);
  }

  /// How often each term decided.
  Map<Term, Integer> terms() {
    return terms;
  }
}
