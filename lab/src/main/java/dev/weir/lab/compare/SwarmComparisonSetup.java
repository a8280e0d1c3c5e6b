package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies, images or replica counts of a service of a swarm, before a request's cost is measured.
public final class SwarmComparisonSetup implements ComparisonSetup {
  private final Engine engine;
  private final ComparedService subject;
  private final ServiceAccess access;
  private final ComparisonLoad load;
  private final boolean isPredicted;
  private final Optional<GapLaw> known;
  private final Terminal terminal;

  private SwarmComparisonSetup(
      Engine engine,
      ComparedService subject,
      ServiceAccess access,
      ComparisonLoad load,
      boolean isPredicted,
      Optional<GapLaw> known,
      Terminal terminal) {
    this.engine = engine;
    this.subject = subject;
    this.access = access;
    this.load = load;
    this.isPredicted = isPredicted;
    this.known = known;
    this.terminal = terminal;
  }

  /// Finds the law of arrivals, as far as it is known before a request's cost is measured.
  ///
  /// @param engine of a manager; closed with this
  /// @param isPredicted whether the same is simulated
  /// @throws IllegalArgumentException with all problems found so far
  public static SwarmComparisonSetup of(
      Engine engine,
      ComparedService subject,
      ServiceAccess access,
      ComparisonLoad load,
      boolean isPredicted,
      Problems problems,
      Terminal terminal) {
    boolean canMeasure = subject.cores() > 0 && access.maySample();
    Optional<GapLaw> known =
        subject.given().isPresent() || !load.needsCapacity() || !canMeasure
            ? load.law(subject.givenCapacityPerSecond(), problems)
            : Optional.empty();
    problems.throwIfAny("compare");
    return new SwarmComparisonSetup(engine, subject, access, load, isPredicted, known, terminal);
  }

  @Override
  public Optional<MeasuredComparison> open(Path folder, Consumer<Runnable> stopper)
      throws InterruptedException {
    SampledNodes nodes = access.nodes(engine);
    var loads = new SwarmLoads(engine, access, terminal);
    ServiceVariation variation = ServiceVariation.of(engine, subject.service());
    stopper.accept(loads::stop);
    boolean isUnknown =
        known.isEmpty() || (isPredicted && subject.given().isEmpty() && !subject.areImages());
    Optional<SwarmCost> cost = isUnknown ? measure(loads, folder) : Optional.empty();
    if (known.isEmpty() && loads.isStopping()) {
      return Optional.empty();
    }
    GapLaw gaps = known.orElseGet(() -> gaps(cost));
    var target =
        new SwarmComparisonTarget(
            subject.service(), access, variation, loads, nodes, gaps, load.duration(), terminal);
    return Optional.of(new SwarmMeasuredComparison(target, subject, load, gaps, cost));
  }

  private Optional<SwarmCost> measure(SwarmLoads loads, Path folder) throws InterruptedException {
    var calibration =
        new SwarmCalibration(
            loads, access, subject.service(), access.calibrationNodes(engine), subject.cores());
    Optional<SwarmCost> cost = calibration.measure(known.map(GapLaw::ratePerSecond), folder);
    cost.ifPresent(known -> terminal.report("weir: a request takes " + known.describe()));
    return cost;
  }

  private GapLaw gaps(Optional<SwarmCost> cost) {
    var problems = new Problems();
    double capacity = cost.map(each -> each.perSecond(subject.cores())).orElse(Double.NaN);
    Optional<GapLaw> gaps = load.law(capacity, problems);
    problems.throwIfAny("compare");
    return gaps.orElseThrow();
  }

  @Override
  public void close() {
    engine.close();
  }
}
