package dev.weir.sim.suite;

import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.sim.ResponseTimes;
import dev.weir.sim.Scenario;
import dev.weir.sim.ScenarioEvent;
import dev.weir.sim.SimulatedRun;
import dev.weir.sim.Simulation;
import dev.weir.sim.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// Plays one case under several seeds and judges `weir` without any settings, by every rule that
/// applies.
public final class Judge {
  private static final double P99_MAX = 1.10;
  private static final double MEAN_MAX = 1.10;
  private static final double WINDOW_MAX = 1.25;
  private static final double STEADY_MAX = 1.05;
  private static final double REFERENCE_MAX = 1.05;
  private static final double ERROR_SHARE_MAX = 1.2;
  private static final double OTHERS_MAX = 1.10;

  /// From this variability of the work on, a p99 that is better by more than a tenth may cost a
  /// worse mean: a limit of one per core, which has the best p99, costs the same.
  private static final double EXEMPT_SCV = 4;

  private static final double EXEMPT_P99 = 1 / 1.1;

  private static final Variant LEAST_REQUESTS = Variant.of(PolicySpec.LEAST_REQUESTS);
  private static final double[] KNEES = {1, 1.5, 2, 4};

  private final SuiteCase suiteCase;
  private final Variant judged;
  private final long firstSeed;
  private final int seeds;
  private final DoubleConsumer progress;
  private final List<RuleResult> findings = new ArrayList<>();
  private final int runsInAll;
  private int runs;

  private Judge(
      SuiteCase suiteCase, Variant judged, long firstSeed, int seeds, DoubleConsumer progress) {
    this.suiteCase = suiteCase;
    this.judged = judged;
    this.firstSeed = firstSeed;
    this.seeds = seeds;
    this.progress = progress;
    this.runsInAll = seeds * (2 + (suiteCase.steady() ? byHand().size() : 0));
  }

  /// Plays and judges a case.
  ///
  /// @param judged the judged policy, such as `weir`
  /// @param firstSeed the first of `seeds` seeds in a row
  /// @param progress gets the finished share
  public static Verdict judge(
      SuiteCase suiteCase, Variant judged, long firstSeed, int seeds, DoubleConsumer progress) {
    return new Judge(suiteCase, judged, firstSeed, seeds, progress).verdict();
  }

  private Verdict verdict() {
    List<SimulatedRun> weir = play(suiteCase.scenario(), judged);
    List<SimulatedRun> least =
        suiteCase.errors().isPresent()
            ? play(withoutTheErring(suiteCase.errors().get()), judged)
            : play(suiteCase.scenario(), LEAST_REQUESTS);
    if (suiteCase.errors().isPresent()) {
      sparesTheErring(suiteCase.errors().get(), weir, least);
    } else {
      isNoWorse(weir, least);
    }
    if (suiteCase.steady()) {
      isAsGoodAsByHand(weir);
    }
    suiteCase.reference().ifPresent(reference -> isAsGoodAs(reference, weir));
    return new Verdict(
        suiteCase.name(),
        Ratios.of(seeds, i -> p99(weir.get(i))).median(),
        Ratios.of(seeds, i -> p99(least.get(i))).median(),
        List.copyOf(findings));
  }

  private List<SimulatedRun> play(Scenario scenario, Variant variant) {
    return LongStream.range(firstSeed, firstSeed + seeds)
        .mapToObj(seed -> {
          SimulatedRun played = Simulation.play(scenario.withSeed(seed), variant, _ -> {});
          progress.accept((double) ++runs / runsInAll);
          return played;
        })
        .toList();
  }

  private void isNoWorse(List<SimulatedRun> weir, List<SimulatedRun> least) {
    Ratios p99 = Ratios.of(seeds, i -> p99(weir.get(i)) / p99(least.get(i)));
    Ratios mean = Ratios.of(seeds, i -> mean(weir.get(i)) / mean(least.get(i)));
    boolean exempt = suiteCase.workScv() >= EXEMPT_SCV;
    double meanMax = exempt && p99.median() <= EXEMPT_P99 ? Double.POSITIVE_INFINITY : MEAN_MAX;
    findings.add(p99.finding(Rule.P99, P99_MAX, ""));
    findings.add(mean.finding(Rule.MEAN, meanMax, ""));
    findings.add(new Windows(times(weir), times(least), suiteCase.workScv()).worst(WINDOW_MAX));
  }

  private void isAsGoodAsByHand(List<SimulatedRun> weir) {
    byHand().stream()
        .map(variant -> {
          List<SimulatedRun> fixed = play(suiteCase.scenario(), variant);
          return Ratios.of(seeds, i -> steadyP99(weir.get(i)) / steadyP99(fixed.get(i)))
              .finding(Rule.STEADY, STEADY_MAX, "against " + variant.label());
        })
        .max(Comparator.comparingDouble(RuleResult::value))
        .ifPresent(findings::add);
  }

  /// Limits that a user who knows the replicas may set.
  private List<Variant> byHand() {
    var variants = new ArrayList<Variant>();
    if (Double.isFinite(suiteCase.slots())) {
      DoubleStream.of(KNEES)
          .mapToInt(times -> (int) Math.ceil(times * suiteCase.slots()))
          .distinct()
          .mapToObj(slots -> new Variant(PolicySpec.WEIR, new LimitSpec.Fixed(slots)))
          .forEach(variants::add);
    }
    variants.add(new Variant(PolicySpec.WEIR, LimitSpec.OFF));
    return variants;
  }

  private void isAsGoodAs(Reference reference, List<SimulatedRun> weir) {
    ToDoubleFunction<SimulatedRun> p99 = reference.steady() ? Judge::steadyP99 : Judge::p99;
    String detail = "%s had %.0f ms".formatted(reference.version(), reference.p99Seconds() * 1e3);
    findings.add(
        Ratios.of(seeds, i -> p99.applyAsDouble(weir.get(i)) / reference.p99Seconds())
            .finding(Rule.REFERENCE, REFERENCE_MAX, detail));
  }

  private void sparesTheErring(
      SuiteCase.ErringReplica erring, List<SimulatedRun> weir, List<SimulatedRun> without) {
    Ratios share = Ratios.of(seeds, i -> suiteCase.replicas() * errorShare(erring, weir.get(i)));
    Ratios others = Ratios.of(seeds, i -> p99(weir.get(i)) / p99(without.get(i)));
    findings.add(share.finding(Rule.ERROR_SHARE, ERROR_SHARE_MAX, "in fair shares"));
    findings.add(others.finding(Rule.OTHERS, OTHERS_MAX, "against the same without that replica"));
  }

  /// The same without the erring replica: the less it gets from the balancer, the more the others
  /// have to do.
  private Scenario withoutTheErring(SuiteCase.ErringReplica erring) {
    return suiteCase
        .scenario()
        .with(List.of(new ScenarioEvent.Leave(erring.fromSeconds(), erring.server())));
  }

  private static double errorShare(SuiteCase.ErringReplica erring, SimulatedRun played) {
    ResponseTimes times = played.times();
    int arrived = times.firstSince(erring.toSeconds()) - times.firstSince(erring.fromSeconds());
    return (double) played.outcome().servers().get(erring.server()).errors() / arrived;
  }

  private static List<ResponseTimes> times(List<SimulatedRun> played) {
    return played.stream().map(SimulatedRun::times).toList();
  }

  private static double p99(SimulatedRun played) {
    return played.outcome().p99Seconds();
  }

  private static double mean(SimulatedRun played) {
    return played.outcome().meanSeconds();
  }

  private static double steadyP99(SimulatedRun played) {
    ResponseTimes times = played.times();
    return times.figures(times.size() / 2, times.size()).p99Seconds();
  }
}
