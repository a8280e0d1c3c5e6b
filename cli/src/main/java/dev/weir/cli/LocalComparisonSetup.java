package dev.weir.cli;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies before replicas on this machine.
///
/// What a request costs is measured with all replicas at work: that is more than the one that
/// measured the machine for all was told, since it was alone then, and counted no server's part.
final class LocalComparisonSetup implements ComparisonSetup {
  private final CompareLoad load;
  private final int portBase;
  private final Terminal terminal;
  private DemoPlan plan;
  private LocalWork work;

  LocalComparisonSetup(DemoPlan plan, CompareLoad load, int portBase, Terminal terminal) {
    this.plan = plan;
    this.work = plan.work();
    this.load = load;
    this.portBase = portBase;
    this.terminal = terminal;
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d replicas (%s cores each%s), %s arrivals/s, %.0f %% of what they can do",
        plan.replicas(),
        DemoPlan.number(plan.fastCpus()),
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

  @Override
  public ComparisonTarget open(Path folder, Consumer<ComparisonTarget> opening)
      throws InterruptedException {
    CompareLocal target = CompareLocal.start(plan, folder, portBase, terminal);
    opening.accept(target);
    try {
      target.calibrate(folder.resolve("calibration")).ifPresent(this::measured);
    } catch (UserError e) {
      target.close();
      throw e;
    }
    if (plan.lambda() > capacityPerSecond()) {
      terminal.report("note: more arrives than the replicas can serve; requests will be refused");
    }
    return target.with(plan);
  }

  private void measured(double cpuMillis) {
    terminal.report(
        String.format(
            Locale.ROOT,
            "a request costs %.1f ms of CPU while all are at work; asked for: %s ms",
            cpuMillis,
            DemoPlan.number(plan.work().meanMillis())));
    double rounded = Math.round(cpuMillis * 100) / 100.0;
    work = new LocalWork(rounded, plan.work().dist(), plan.work().scv());
    var problems = new Problems();
    Optional<GapLaw> gaps = load.law(capacityPerSecond(), problems);
    problems.throwIfAny("compare");
    plan = plan.withGaps(gaps.orElseThrow());
  }

  private double capacityPerSecond() {
    return plan.capacityPerSecond() * plan.work().meanMillis() / work.meanMillis();
  }

  @Override
  public Optional<ComparePrediction> prediction(Map<String, CompareVariant> variants) {
    var cases = new LinkedHashMap<String, ComparePrediction.Case>();
    variants.forEach((label, variant) -> {
      if (variant instanceof CompareVariant.Policy policy) {
        cases.put(
            label, new ComparePrediction.Case(policy.variant(), CompareReplicas.servers(plan)));
      }
    });
    return Optional.of(
        new ComparePrediction(
            plan.gaps(),
            work.law(),
            work.describe(),
            plan.duration(),
            CompareLocal.warmUp(plan.duration()),
            cases));
  }

  @Override
  public String whyNotPredicted() {
    return "Not simulated.";
  }

  @Override
  public void close() {
    // The replicas belong to the ground, which is closed by whoever opened it.
  }
}
