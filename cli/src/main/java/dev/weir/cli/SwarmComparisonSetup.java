package dev.weir.cli;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Variant;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceEntrance;
import dev.weir.swarm.watch.ServiceVariation;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies, images or replica counts of a service of a swarm.
final class SwarmComparisonSetup implements ComparisonSetup {
  private final Engine engine;
  private final String service;
  private final CompareService options;
  private final boolean areImages;
  private final boolean isPredicted;
  private final CompareLoad load;
  private final Optional<LocalWork> given;
  private final ServiceVariation.AsFound found;
  private final double cores;
  private final Variant own;
  private final Terminal terminal;
  private Optional<GapLaw> gaps = Optional.empty();
  private Optional<SwarmCost> measured = Optional.empty();

  private SwarmComparisonSetup(
      Engine engine,
      String service,
      CompareService options,
      CompareVariants compared,
      CompareLoad load,
      Optional<LocalWork> given,
      ServiceVariation.AsFound found,
      boolean isBalanced,
      Terminal terminal) {
    this.engine = engine;
    this.service = service;
    this.options = options;
    this.areImages = compared.areImages();
    this.isPredicted = compared.isPredicted();
    this.load = load;
    this.given = given;
    this.found = found;
    this.cores = options.replicaCores().orElse(found.cores());
    // Without a balancer of ours, Swarm's own mesh takes the tasks in turn.
    this.own = isBalanced ? asLabelled(found) : Variant.of(PolicySpec.ROUND_ROBIN);
    this.terminal = terminal;
  }

  private static Variant asLabelled(ServiceVariation.AsFound found) {
    return new Variant(
        found.policy().map(PolicySpec::named).orElse(PolicySpec.WEIR),
        found
            .limit()
            .map(text -> LimitSpec.parse("label weir.limit", text))
            .orElse(LimitSpec.AUTO));
  }

  /// Looks the service up and aims at it.
  ///
  /// @throws IllegalArgumentException with all problems found so far
  static SwarmComparisonSetup of(
      CompareService options,
      CompareLoad load,
      CompareVariants compared,
      Problems problems,
      Terminal terminal) {
    // Checked in any case: its law counts even where its mean is measured.
    Optional<LocalWork> work = load.work(problems).filter(_ -> load.isWorkGiven());
    if (!problems.all().isEmpty()) {
      problems.throwIfAny("compare");
    }
    String service = options.service().orElseThrow();
    Engine engine = options.connect();
    try {
      // Where to send is only looked for if nobody said it: some services show no way in.
      Optional<ServiceEntrance> entrance =
          options.http().isAimed()
              ? Optional.empty()
              : Optional.of(ServiceEntrance.find(engine, service));
      ServiceVariation.AsFound found = ServiceVariation.of(engine, service).found();
      boolean isBalanced =
          entrance.map(way -> !way.through().isEmpty()).orElseGet(found::isLabelled);
      if (!isBalanced && compared.arePolicies()) {
        throw new UserError(
            ("--policies: %s is not behind a balancer of Weir's, so its policy cannot be set"
                    + " (expected: a service with the label weir.port, and 'weir balance --swarm')")
                .formatted(service));
      }
      entrance.ifPresent(
          way -> options.http().aim(way.url() + options.path().orElse(way.path()), way.host()));
      options.http().check(problems);
      var made =
          new SwarmComparisonSetup(
              engine, service, options, compared, load, work, found, isBalanced, terminal);
      made.arrive(problems);
      problems.throwIfAny("compare");
      return made;
    } catch (UserError | EngineException | IllegalArgumentException e) {
      engine.close();
      throw e;
    }
  }

  /// Finds the law of arrivals, as far as it can be known before a request's cost is.
  private void arrive(Problems problems) {
    if (given.isPresent() || !load.needsCapacity() || !canMeasure()) {
      double capacity =
          given
              .map(work -> allCores() * 1000 / work.meanMillis())
              .filter(rate -> rate > 0)
              .orElse(Double.NaN);
      gaps = load.law(capacity, problems);
    }
  }

  private double allCores() {
    return found.replicas() * cores;
  }

  private boolean canMeasure() {
    return allCores() > 0 && options.sampling().source() != SamplingOptions.Source.NONE;
  }

  private GapLaw gaps() {
    return gaps.orElseThrow(() -> new IllegalStateException("arrivals before they are known"));
  }

  @Override
  public String describe() {
    return "service %s (%s), %s, %s"
        .formatted(
            service,
            FigureText.count(found.replicas(), "replica"),
            options.http().describe(),
            arrivals());
  }

  @Override
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("service", service);
    facts.put("image", found.image());
    facts.put(
        "replicas",
        found.replicas()
            + (Double.isNaN(found.cores()) ? ", no CPU limit" : ", CPU limit " + found.cores())
            + options.replicaCores().map(has -> ", taken to have " + has + " cores").orElse(""));
    facts.put("label weir.policy", found.policy().orElse("none"));
    facts.put("label weir.limit", found.limit().orElse("none"));
    facts.put("target", options.http().describe());
    facts.put("arrivals", arrivals());
    measured.ifPresent(cost -> facts.put("a request takes", cost.describe()));
    return facts;
  }

  /// With the share of what the replicas can do, if that is known.
  private String arrivals() {
    double capacity = measured.map(cost -> cost.perSecond(allCores())).orElse(Double.NaN);
    return gaps.map(law ->
            law.describe()
                + (capacity > 0
                    ? String.format(
                        Locale.ROOT,
                        " (%.0f %% of what they can do)",
                        law.ratePerSecond() / capacity * 100)
                    : ""))
        .orElse("arrivals not known yet");
  }

  @Override
  public ComparisonTarget open(Path folder, Consumer<ComparisonTarget> opening)
      throws InterruptedException {
    var target = new CompareSwarm(engine, service, options, this::gaps, load.duration(), terminal);
    opening.accept(target);
    boolean unknown = gaps.isEmpty() || (isPredicted && given.isEmpty() && !areImages);
    if (unknown) {
      calibrate(target.loads(), folder);
    }
    return target;
  }

  private void calibrate(CompareLoads loads, Path folder) throws InterruptedException {
    var calibration =
        new CompareCalibration(
            loads, options, service, options.calibrationNodes(engine), allCores());
    measured = calibration.measure(gaps.map(GapLaw::ratePerSecond), folder);
    measured.ifPresent(cost -> terminal.report("weir: a request takes " + cost.describe()));
    if (gaps.isEmpty() && !loads.isStopping()) {
      var problems = new Problems();
      gaps =
          load.law(measured.map(cost -> cost.perSecond(allCores())).orElse(Double.NaN), problems);
      problems.throwIfAny("compare");
    }
  }

  @Override
  public Optional<ComparePrediction> prediction(Map<String, CompareVariant> variants) {
    Optional<GapLaw> work =
        given.isPresent()
            ? given.map(LocalWork::law)
            : measured.map(cost -> cost.law(load.workDist(), load.workScv()));
    if (areImages || work.isEmpty()) {
      return Optional.empty();
    }
    String taking =
        given
            .map(LocalWork::describe)
            .orElseGet(() -> measured.map(SwarmCost::describe).orElse(""));
    var cases = new LinkedHashMap<String, ComparePrediction.Case>();
    variants.forEach((label, variant) -> cases.put(label, of(variant)));
    return Optional.of(
        new ComparePrediction(
            gaps(),
            work.get(),
            taking,
            load.duration(),
            CompareLocal.warmUp(load.duration()),
            cases));
  }

  private ComparePrediction.Case of(CompareVariant variant) {
    return switch (variant) {
      case CompareVariant.Policy policy ->
          new ComparePrediction.Case(policy.variant(), servers(found.replicas()));
      case CompareVariant.Count(var replicas) -> new ComparePrediction.Case(own, servers(replicas));
      case CompareVariant.Image(_) -> new ComparePrediction.Case(own, servers(1));
    };
  }

  /// Without a limit, a replica is taken to have a core. What it takes by itself has its speed in
  /// it; what it costs in CPU has not.
  private List<ServerSpec> servers(int replicas) {
    double each = Double.isNaN(cores) ? 1 : cores;
    boolean isCpu = given.isPresent() || measured.flatMap(SwarmCost::cpu).isPresent();
    ServerSpec one = isCpu ? CompareReplicas.server(each) : ServerSpec.of(1, Math.max(1, each));
    List<Double> speeds = measured.map(SwarmCost::speeds).orElse(List.of());
    return speeds.size() == replicas
        ? speeds.stream().map(speed -> ServerSpec.of(one.speed() * speed, one.cores())).toList()
        : Collections.nCopies(Math.max(1, replicas), one);
  }

  @Override
  public String whyNotPredicted() {
    return areImages
        ? "Not simulated: how images differ only they know."
        : "Not simulated: what a request takes is not known (--work-mean says it).";
  }

  @Override
  public void close() {
    engine.close();
  }
}
