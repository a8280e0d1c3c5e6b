package dev.weir.lab.autoscale;

import dev.weir.lab.compare.ComparedService;
import dev.weir.lab.compare.ComparisonPrediction;
import dev.weir.lab.compare.ComparisonTarget;
import dev.weir.lab.compare.ComparisonVariant;
import dev.weir.lab.compare.MeasuredComparison;
import dev.weir.lab.compare.SwarmCost;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rules of autoscaling on a service of a swarm, with a known peak.
///
/// @param subject the service as it was found
/// @param peakPerSecond the largest rate of arrivals
/// @param cost what a request costs, if it was measured
record AutoscaleMeasured(
    ComparisonTarget target,
    ComparedService subject,
    AutoscalePlan plan,
    double peakPerSecond,
    Optional<SwarmCost> cost)
    implements MeasuredComparison {
  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "service %s, %d to %d replicas from %d on, %s, %s with a peak of %.3g/s, %s",
        subject.service(),
        plan.min(),
        plan.max(),
        plan.bounded(subject.found().replicas()),
        subject.target(),
        plan.trace().label(),
        peakPerSecond,
        plan.promise().text());
  }

  @Override
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("service", subject.service());
    facts.put("image", subject.found().image());
    facts.put("replicas", plan.min() + " to " + plan.max());
    facts.put("cores of a replica", String.valueOf(AutoscaleTarget.coresEach(subject)));
    facts.put("promise", plan.promise().text());
    facts.put("trace", plan.trace().label());
    facts.put("peak", String.format(Locale.ROOT, "%.4g/s", peakPerSecond));
    facts.put("target", subject.target());
    cost.ifPresent(measured -> facts.put("a request takes", measured.describe()));
    return facts;
  }

  @Override
  public Optional<ComparisonPrediction> prediction(Map<String, ComparisonVariant> variants) {
    return Optional.empty();
  }

  @Override
  public String whyNotPredicted() {
    return "Not simulated: weir simulate --autoscale plays the same rules on virtual time.";
  }
}
