package dev.weir.lab.compare;

import dev.weir.balance.PolicySpec;
import dev.weir.base.UserError;
import dev.weir.lab.local.ChildProcesses;
import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.local.LocalReplicas;
import dev.weir.lab.local.LocalTrial;
import dev.weir.lab.local.LocalTrialRun;
import dev.weir.lab.local.Ports;
import dev.weir.lab.record.CpuCost;
import dev.weir.load.record.LoadResult;
import dev.weir.sim.Variant;
import dev.weir.store.folder.RunFolder;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A comparison of policies on this machine. The replicas stay up throughout; every run has a
/// balancer of its own.
final class LocalComparisonTarget implements ComparisonTarget {
  private static final Duration CALIBRATION_MIN = Duration.ofSeconds(4);
  private static final Duration CALIBRATION_MAX = Duration.ofSeconds(8);

  private final String mainClass;
  private final ChildProcesses family;
  private final LocalReplicas replicas;
  private final LocalPlan plan;
  private final List<Integer> ports;
  private final Terminal terminal;
  private volatile @Nullable LocalTrialRun current;
  private volatile boolean stopped;

  private LocalComparisonTarget(
      String mainClass,
      ChildProcesses family,
      LocalReplicas replicas,
      LocalPlan plan,
      List<Integer> ports,
      Terminal terminal) {
    this.mainClass = mainClass;
    this.family = family;
    this.replicas = replicas;
    this.plan = plan;
    this.ports = ports;
    this.terminal = terminal;
  }

  /// Starts the replicas.
  static LocalComparisonTarget start(
      String mainClass, LocalPlan plan, Path folder, int portBase, Terminal terminal) {
    List<Integer> ports = Ports.from(portBase, plan.replicas() + 2).free();
    var family = new ChildProcesses(folder.resolve("logs"));
    try {
      var replicas = LocalReplicas.start(family, plan, ports.subList(2, ports.size()), terminal);
      return new LocalComparisonTarget(mainClass, family, replicas, plan, ports, terminal);
    } catch (UserError e) {
      family.close();
      throw e;
    }
  }

  /// The same replicas under other arrivals.
  LocalComparisonTarget with(LocalPlan other) {
    return new LocalComparisonTarget(mainClass, family, replicas, other, ports, terminal);
  }

  /// Milliseconds of CPU that a request costs while all replicas work, found by a load of its own,
  /// which is kept as a run; absent with too few responses.
  Optional<Double> calibrate(Path folder) throws InterruptedException {
    Duration half = plan.duration().dividedBy(2);
    Duration atMost = half.compareTo(CALIBRATION_MAX) < 0 ? half : CALIBRATION_MAX;
    Duration time = atMost.compareTo(CALIBRATION_MIN) > 0 ? atMost : CALIBRATION_MIN;
    var round =
        new LocalTrialRun(
            mainClass,
            family,
            replicas,
            plan.withDuration(time),
            terminal,
            warmUp(plan.duration()),
            0);
    current = round;
    if (stopped) {
      round.stop();
    }
    round.run(
        new LocalTrial(
            "calibration",
            Variant.of(PolicySpec.ROUND_ROBIN),
            "measuring what a request costs:",
            ports.get(0),
            ports.get(1),
            folder,
            "weir compare"));
    return round.isStopped()
        ? Optional.empty()
        : CpuCost.of(RunFolder.read(folder)).map(CpuCost::millis);
  }

  /// Long enough to open connections and to warm the balancer, and no longer than the run itself.
  static Duration warmUp(Duration run) {
    Duration half = run.dividedBy(2);
    return half.compareTo(LocalTrialRun.WARM_UP) < 0 ? half : LocalTrialRun.WARM_UP;
  }

  @Override
  public LoadResult run(ComparisonTrial trial) throws InterruptedException {
    if (!(trial.variant() instanceof ComparisonVariant.Policy policy)) {
      throw new IllegalStateException("only policies are compared on this machine");
    }
    var round =
        new LocalTrialRun(
            mainClass,
            family,
            replicas,
            plan.withSeed(trial.scheduleSeed()),
            terminal,
            warmUp(plan.duration()),
            0);
    current = round;
    if (stopped) {
      round.stop();
    }
    return round.run(
        new LocalTrial(
            trial.label(),
            policy.variant(),
            trial.task(),
            ports.get(0),
            ports.get(1),
            trial.folder(),
            trial.command()));
  }

  @Override
  public void stop() {
    stopped = true;
    LocalTrialRun round = current;
    if (round != null) {
      round.stop();
    }
  }

  @Override
  public void close() {
    family.close();
  }
}
