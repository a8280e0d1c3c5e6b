package dev.weir.cli.lab;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.lab.local.LocalPlan;
import dev.weir.lab.local.LocalWork;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a comparison on this machine: its replicas.
@HelpSection("On this machine (without --service)")
final class CompareReplicaOptions {
  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many replicas of the sample app (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--cpus",
      paramLabel = "CORES",
      description =
          "CPU quota of each. Default: three fifths of the machine for all together, at most 0.5"
              + " for each.")
  private @Nullable Double cpus;

  @Option(names = "--slow-last", description = "The last replica has 40 %% of the others' speed.")
  private boolean slowLast;

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      defaultValue = "9200",
      description =
          "First port to use, on loopback only; ports in use are skipped (default:"
              + " ${DEFAULT-VALUE}).")
  private int portBase;

  int portBase() {
    return portBase;
  }

  /// What will be started; absent, with the reason in `problems`, if the options are wrong.
  Optional<LocalPlan> plan(CompareLoadOptions load, Problems problems) {
    problems.check(
        portBase >= 1024 && portBase <= 65_000, "--port-base", portBase, "1024 to 65000");
    Optional<LocalWork> work = load.work(problems);
    double last = slowLast ? LocalPlan.SLOW : 1;
    int cores = Runtime.getRuntime().availableProcessors();
    double quota = cpus == null ? LocalPlan.fittingCpus(cores, Math.max(2, replicas), last) : cpus;
    double perSecond =
        quota * 1000 / work.orElse(LocalWork.DEMO).meanMillis() * (replicas - 1 + last);
    Optional<GapLaw> gaps = load.law(Math.max(1e-9, perSecond), problems);
    // The load's own check reports the length of a run; here it would be reported twice.
    if (work.isEmpty() || gaps.isEmpty() || !load.isDurationUsable()) {
      return Optional.empty();
    }
    return OptionParsing.of(
        problems,
        () ->
            new LocalPlan(
                replicas, quota, last, work.get(), gaps.get(), load.duration(), load.seed()));
  }
}
