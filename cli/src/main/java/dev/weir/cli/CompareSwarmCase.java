package dev.weir.cli;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.sim.ServerSpec;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceEntrance;
import dev.weir.swarm.watch.ServiceVariation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies, images or replica counts of a service of a swarm.
final class CompareSwarmCase implements CompareCase {
  private final Engine engine;
  private final String service;
  private final CompareService options;
  private final boolean areImages;
  private final boolean isPredicted;
  private final GapLaw gaps;
  private final Duration duration;
  private final Optional<LocalWork> given;
  private final ServiceVariation.AsFound found;
  private final PolicySpec ownPolicy;
  private final Terminal terminal;
  private Optional<ServiceTime> measured = Optional.empty();

  private CompareSwarmCase(
      Engine engine,
      String service,
      CompareService options,
      CompareVariants compared,
      GapLaw gaps,
      Duration duration,
      Optional<LocalWork> given,
      ServiceVariation.AsFound found,
      boolean isBalanced,
      Terminal terminal) {
    this.engine = engine;
    this.service = service;
    this.options = options;
    this.areImages = compared.areImages();
    this.isPredicted = compared.isPredicted();
    this.gaps = gaps;
    this.duration = duration;
    this.given = given;
    this.found = found;
    // Without a balancer of ours, Swarm's own mesh takes the tasks in turn.
    this.ownPolicy =
        isBalanced
            ? found.policy().map(PolicySpec::named).orElse(PolicySpec.WEIR)
            : PolicySpec.ROUND_ROBIN;
    this.terminal = terminal;
  }

  /// Looks the service up and aims at it.
  ///
  /// @throws IllegalArgumentException with all problems found so far
  static CompareSwarmCase of(
      CompareService options,
      CompareLoad load,
      CompareVariants compared,
      Problems problems,
      Terminal terminal) {
    Optional<LocalWork> work = load.isWorkGiven() ? load.work(problems) : Optional.empty();
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
      double capacity =
          work.map(one -> found.replicas() * found.cores() * 1000 / one.meanMillis())
              .filter(rate -> rate > 0)
              .orElse(Double.NaN);
      Optional<GapLaw> gaps = load.law(capacity, problems);
      problems.throwIfAny("compare");
      return new CompareSwarmCase(
          engine,
          service,
          options,
          compared,
          gaps.orElseThrow(),
          load.duration(),
          work,
          found,
          isBalanced,
          terminal);
    } catch (UserError | EngineException | IllegalArgumentException e) {
      engine.close();
      throw e;
    }
  }

  @Override
  public String describe() {
    return "service %s (%s), %s, %s"
        .formatted(
            service,
            Figures.count(found.replicas(), "replica"),
            options.http().describe(),
            gaps.describe());
  }

  @Override
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("service", service);
    facts.put("image", found.image());
    facts.put(
        "replicas",
        found.replicas()
            + (Double.isNaN(found.cores()) ? ", no CPU limit" : ", CPU limit " + found.cores()));
    facts.put("label weir.policy", found.policy().orElse("none"));
    facts.put("target", options.http().describe());
    facts.put("arrivals", gaps.describe());
    measured.ifPresent(time -> facts.put("a request by itself", time.describe()));
    return facts;
  }

  @Override
  public CompareGround open(Path folder, Consumer<CompareGround> opening) {
    boolean unknown = isPredicted && given.isEmpty() && !areImages;
    return new CompareSwarm(
        engine,
        service,
        options,
        gaps,
        duration,
        unknown ? Optional.of(this::measured) : Optional.empty(),
        terminal);
  }

  private void measured(ServiceTime time) {
    measured = Optional.of(time);
    terminal.tell("weir: a request by itself: " + time.describe());
  }

  @Override
  public Optional<ComparePrediction> prediction(Map<String, CompareVariant> variants) {
    Optional<GapLaw> work =
        given.isPresent() ? given.map(LocalWork::law) : measured.map(ServiceTime::law);
    if (areImages || work.isEmpty()) {
      return Optional.empty();
    }
    String taking =
        given
            .map(LocalWork::describe)
            .orElseGet(() -> measured.map(ServiceTime::describe).orElse(""));
    var cases = new LinkedHashMap<String, ComparePrediction.Case>();
    variants.forEach((label, variant) -> cases.put(label, of(variant)));
    return Optional.of(
        new ComparePrediction(
            gaps, work.get(), taking, duration, CompareLocal.warmUp(duration), cases));
  }

  private ComparePrediction.Case of(CompareVariant variant) {
    return switch (variant) {
      case CompareVariant.Policy(var policy) ->
          new ComparePrediction.Case(policy, servers(found.replicas()));
      case CompareVariant.Count(var replicas) ->
          new ComparePrediction.Case(ownPolicy, servers(replicas));
      case CompareVariant.Image(_) -> new ComparePrediction.Case(ownPolicy, servers(1));
    };
  }

  /// Without a limit, a replica is taken to have a core. What was measured has its speed in it.
  private List<ServerSpec> servers(int replicas) {
    double cores = Double.isNaN(found.cores()) ? 1 : found.cores();
    ServerSpec one =
        given.isPresent() ? CompareReplicas.server(cores) : ServerSpec.of(1, Math.max(1, cores));
    return Collections.nCopies(Math.max(1, replicas), one);
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
