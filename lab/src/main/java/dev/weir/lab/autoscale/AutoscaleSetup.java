package dev.weir.lab.autoscale;

import dev.weir.base.UserError;
import dev.weir.lab.compare.ComparedService;
import dev.weir.lab.compare.ComparisonSetup;
import dev.weir.lab.compare.ComparisonVariant.Rule;
import dev.weir.lab.compare.MeasuredComparison;
import dev.weir.lab.compare.ServiceAccess;
import dev.weir.lab.compare.SwarmCalibration;
import dev.weir.lab.compare.SwarmCost;
import dev.weir.lab.compare.SwarmLoads;
import dev.weir.lab.local.LocalWork;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Rules of autoscaling on a service of a swarm, before the peak of the load is known.
public final class AutoscaleSetup implements ComparisonSetup {
  private final Engine engine;
  private final ComparedService subject;
  private final ServiceAccess access;
  private final AutoscalePlan plan;
  private final List<Rule> rules;
  private final AutoscalePeak peak;
  private final Terminal terminal;

  /// @param engine of a manager; closed with this
  /// @param access to the service
  /// @param plan what every rule meets
  /// @param peak the largest rate of arrivals
  public AutoscaleSetup(
      Engine engine,
      ComparedService subject,
      ServiceAccess access,
      AutoscalePlan plan,
      List<Rule> rules,
      AutoscalePeak peak,
      Terminal terminal) {
    this.engine = engine;
    this.subject = subject;
    this.access = access;
    this.plan = plan;
    this.rules = List.copyOf(rules);
    this.peak = peak;
    this.terminal = terminal;
  }

  /// The largest rate of arrivals of a trace: one of the two.
  ///
  /// @param perSecond requests a second
  /// @param rho as a share of what the greatest number of replicas can serve
  public record AutoscalePeak(Optional<Double> perSecond, double rho) {}

  @Override
  public Optional<MeasuredComparison> open(Path folder, Consumer<Runnable> stopper)
      throws InterruptedException {
    SampledNodes nodes = access.calibrationNodes(engine);
    if (nodes.sources().isEmpty() && rules.contains(new Rule.Cpu())) {
      throw new UserError(
          "--autoscale: cpu, but no container can be sampled (expected: weir monitor start before, or"
              + " cAdvisor on every node)");
    }
    var loads = new SwarmLoads(engine, access, terminal);
    ServiceVariation variation = ServiceVariation.of(engine, subject.service());
    stopper.accept(loads::stop);
    Optional<Double> known = peak.perSecond.or(this::ofGivenWork);
    Optional<SwarmCost> cost = known.isPresent() ? Optional.empty() : measure(loads, nodes, folder);
    if (loads.isStopping()) {
      return Optional.empty();
    }
    double perSecond =
        known
            .or(() -> cost.map(one -> one.perSecond(coresAtMost())).map(this::share))
            .filter(Double::isFinite)
            .orElseThrow(() ->
                new UserError(
                    "--peak: none (expected: requests a second; or --rho, for a service with a CPU"
                        + " limit or --replica-cores and sampled containers, or beside --work-mean)"));
    var target =
        new AutoscaleTarget(
            engine, subject, access, plan, perSecond, nodes, loads, variation, terminal);
    return Optional.of(new AutoscaleMeasured(target, subject, plan, perSecond, cost));
  }

  private Optional<Double> ofGivenWork() {
    return subject
        .given()
        .map(LocalWork::meanMillis)
        .map(each -> share(coresAtMost() * 1e3 / each));
  }

  private double coresAtMost() {
    return plan.max() * AutoscaleTarget.coresEach(subject);
  }

  /// Four digits: no measurement is more exact.
  private double share(double capacityPerSecond) {
    return Double.isFinite(capacityPerSecond)
        ? new BigDecimal(peak.rho * capacityPerSecond).round(new MathContext(4)).doubleValue()
        : Double.NaN;
  }

  private Optional<SwarmCost> measure(SwarmLoads loads, SampledNodes nodes, Path folder)
      throws InterruptedException {
    var calibration =
        new SwarmCalibration(loads, access, subject.service(), nodes, subject.cores());
    Optional<SwarmCost> cost = calibration.measure(Optional.empty(), folder);
    cost.ifPresent(known -> terminal.report("weir: a request takes " + known.describe()));
    return cost;
  }

  @Override
  public void close() {
    engine.close();
  }
}
