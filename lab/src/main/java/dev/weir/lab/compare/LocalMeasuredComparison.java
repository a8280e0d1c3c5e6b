package dev.weir.lab.compare;

import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.local.LocalWork;
import dev.weir.term.FigureText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Policies in front of replicas on this machine, with a measured cost of a request.
///
/// @param target the running replicas
/// @param plan with the arrivals that every policy gets
/// @param work what a request costs, as measured
record LocalMeasuredComparison(LocalComparisonTarget target, LocalPlan plan, LocalWork work)
    implements MeasuredComparison {
  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d replicas (%s cores each%s), %s arrivals/s, %.0f %% of what they can do",
        plan.replicas(),
        LocalPlan.number(plan.fastCpus()),
        plan.lastSpeed() < 1 ? ", the last " + plan.cpus().getLast() : "",
        FigureText.number(plan.lambda()),
        plan.lambda() / capacityPerSecond() * 100);
  }

  @Override
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("replica cpus", plan.cpus().toString());
    facts.put("work per request", "asked: " + plan.work().describe());
    facts.put("work measured", work.describe());
    facts.put("arrivals", plan.gaps().describe());
    return facts;
  }

  double capacityPerSecond() {
    return plan.capacityPerSecond(work);
  }

  @Override
  public Optional<ComparisonPrediction> prediction(Map<String, ComparisonVariant> variants) {
    var cases = new LinkedHashMap<String, ComparisonPrediction.Case>();
    variants.forEach((label, variant) -> {
      if (variant instanceof ComparisonVariant.Policy policy) {
        cases.put(
            label,
            new ComparisonPrediction.Case(
                policy.variant(), ComparisonPrediction.servers(plan.cpus())));
      }
    });
    return Optional.of(
        new ComparisonPrediction(
            plan.gaps(),
            work.law(),
            work.describe(),
            plan.duration(),
            LocalComparisonTarget.warmUp(plan.duration()),
            cases));
  }

  @Override
  public String whyNotPredicted() {
    return "Not simulated.";
  }
}
