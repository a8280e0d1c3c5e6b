package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.local.LocalWork;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies in front of replicas on this machine, before a request's cost is measured.
///
/// The cost is measured while all replicas work. It is higher than asked for: the first replica
/// measures the machine's speed while it is alone, and that leaves out the server's own part.
public final class LocalComparisonSetup implements ComparisonSetup {
  private final String mainClass;
  private final LocalPlan plan;
  private final ComparisonLoad load;
  private final int portBase;
  private final Terminal terminal;

  /// @param mainClass of the process that runs `weir balance`
  public LocalComparisonSetup(
      String mainClass, LocalPlan plan, ComparisonLoad load, int portBase, Terminal terminal) {
    this.mainClass = mainClass;
    this.plan = plan;
    this.load = load;
    this.portBase = portBase;
    this.terminal = terminal;
  }

  @Override
  public Optional<MeasuredComparison> open(Path folder, Consumer<Runnable> stopper)
      throws InterruptedException {
    LocalComparisonTarget replicas =
        LocalComparisonTarget.start(mainClass, plan, folder, portBase, terminal);
    stopper.accept(replicas::stop);
    try {
      return Optional.of(measure(replicas, folder));
    } catch (UserError e) {
      replicas.close();
      throw e;
    }
  }

  private MeasuredComparison measure(LocalComparisonTarget replicas, Path folder)
      throws InterruptedException {
    Optional<Double> cpuMillis = replicas.calibrate(folder.resolve("calibration"));
    LocalWork work = cpuMillis.map(this::measured).orElse(plan.work());
    LocalPlan adjusted = cpuMillis.isPresent() ? plan.withGaps(gaps(work)) : plan;
    var measured = new LocalMeasuredComparison(replicas.with(adjusted), adjusted, work);
    if (adjusted.lambda() > measured.capacityPerSecond()) {
      terminal.report("note: more arrives than the replicas can serve; requests will be refused");
    }
    return measured;
  }

  private LocalWork measured(double cpuMillis) {
    terminal.report(
        String.format(
            Locale.ROOT,
            "a request costs %.1f ms of CPU while all are at work; asked for: %s ms",
            cpuMillis,
            LocalPlan.number(plan.work().meanMillis())));
    double rounded = Math.round(cpuMillis * 100) / 100.0;
    return new LocalWork(rounded, plan.work().dist(), plan.work().scv());
  }

  private GapLaw gaps(LocalWork work) {
    var problems = new Problems();
    Optional<GapLaw> gaps = load.law(plan.capacityPerSecond(work), problems);
    problems.throwIfAny("compare");
    return gaps.orElseThrow();
  }

  @Override
  public void close() {
    // The replicas belong to the target, and its opener closes that.
  }
}
