package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.lab.local.LocalWork;
import dev.weir.sim.ServerSpec;
import dev.weir.term.FigureText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Policies, images or replica counts of a service of a swarm, with known arrivals.
///
/// @param target the service
/// @param subject the service as it was found
/// @param load that every run gets
/// @param gaps the law of arrivals
/// @param cost what a request costs, if it was measured
record SwarmMeasuredComparison(
    SwarmComparisonTarget target,
    ComparedService subject,
    ComparisonLoad load,
    GapLaw gaps,
    Optional<SwarmCost> cost)
    implements MeasuredComparison {
  @Override
  public String describe() {
    return "service %s (%s), %s, %s"
        .formatted(
            subject.service(),
            FigureText.count(subject.found().replicas(), "replica"),
            subject.target(),
            arrivals());
  }

  @Override
  public Map<String, String> facts() {
    var found = subject.found();
    var facts = new LinkedHashMap<String, String>();
    facts.put("service", subject.service());
    facts.put("image", found.image());
    facts.put(
        "replicas",
        found.replicas()
            + (Double.isNaN(found.cores()) ? ", no CPU limit" : ", CPU limit " + found.cores())
            + subject.replicaCores().map(has -> ", taken to have " + has + " cores").orElse(""));
    facts.put("label weir.policy", found.policy().orElse("none"));
    facts.put("label weir.limit", found.limit().orElse("none"));
    facts.put("target", subject.target());
    facts.put("arrivals", arrivals());
    cost.ifPresent(measured -> facts.put("a request takes", measured.describe()));
    return facts;
  }

  /// With the share of what the replicas can do, if that is known.
  private String arrivals() {
    double capacity = cost.map(each -> each.perSecond(subject.cores())).orElse(Double.NaN);
    String share =
        capacity > 0
            ? String.format(
                Locale.ROOT,
                " (%.0f %% of what they can do)",
                gaps.ratePerSecond() / capacity * 100)
            : "";
    return gaps.describe() + share;
  }

  @Override
  public Optional<ComparisonPrediction> prediction(Map<String, ComparisonVariant> variants) {
    Optional<GapLaw> work =
        subject.given().isPresent()
            ? subject.given().map(LocalWork::law)
            : cost.map(measured -> measured.law(load.workDist(), load.workScv()));
    if (subject.areImages() || work.isEmpty()) {
      return Optional.empty();
    }
    String taking =
        subject
            .given()
            .map(LocalWork::describe)
            .orElseGet(() -> cost.map(SwarmCost::describe).orElse(""));
    var cases = new LinkedHashMap<String, ComparisonPrediction.Case>();
    variants.forEach((label, variant) -> cases.put(label, simulated(variant)));
    return Optional.of(
        new ComparisonPrediction(
            gaps,
            work.get(),
            taking,
            load.duration(),
            LocalComparisonTarget.warmUp(load.duration()),
            cases));
  }

  private ComparisonPrediction.Case simulated(ComparisonVariant variant) {
    return switch (variant) {
      case ComparisonVariant.Policy policy ->
          new ComparisonPrediction.Case(policy.variant(), servers(subject.found().replicas()));
      case ComparisonVariant.Count(var replicas) ->
          new ComparisonPrediction.Case(subject.own(), servers(replicas));
      case ComparisonVariant.Image(_), ComparisonVariant.Rule _ ->
          new ComparisonPrediction.Case(subject.own(), servers(1));
    };
  }

  /// Without a CPU limit, a replica is taken to have one core. The time a request takes by itself
  /// includes the replica's speed; its CPU time does not.
  private List<ServerSpec> servers(int replicas) {
    double each = Double.isNaN(subject.coresEach()) ? 1 : subject.coresEach();
    boolean isCpu = subject.given().isPresent() || cost.flatMap(SwarmCost::cpu).isPresent();
    ServerSpec one =
        isCpu ? ComparisonPrediction.server(each) : ServerSpec.of(1, Math.max(1, each));
    List<Double> speeds = cost.map(SwarmCost::speeds).orElse(List.of());
    return speeds.size() == replicas
        ? speeds.stream().map(speed -> ServerSpec.of(one.speed() * speed, one.cores())).toList()
        : Collections.nCopies(Math.max(1, replicas), one);
  }

  @Override
  public String whyNotPredicted() {
    return subject.areImages()
        ? "Not simulated: the simulator does not know how images differ."
        : "Not simulated: what a request takes is unknown (--work-mean says it).";
  }
}
