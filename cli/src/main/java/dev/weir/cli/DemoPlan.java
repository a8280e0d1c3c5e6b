package dev.weir.cli;

import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a demo will do: its replicas, one of them slower, and the load that both policies get.
///
/// @param replicas how many
/// @param fastCpus the CPU quota of every replica but the last, in cores
/// @param lambda arrivals per second
/// @param duration of each policy's load
/// @param seed of the schedule
record DemoPlan(int replicas, double fastCpus, double lambda, Duration duration, long seed) {
  /// What a request costs on average, in milliseconds of CPU, exponentially distributed.
  static final int WORK_MILLIS = 15;

  /// The last replica's speed next to the others': a machine with a noisy neighbour.
  static final double SLOW = 0.4;

  /// With round robin every replica gets the same share; this much of the slow one's capacity keeps
  /// even round robin stable, so that the comparison is of queueing and not of collapse.
  private static final double SLOW_UTILISATION = 0.75;

  /// The replicas may use this share of the machine: the sender and the balancer live here too.
  private static final double MACHINE_SHARE = 0.6;

  private static final double CPUS_MAX = 0.5;
  private static final int REPLICAS_MAX = 32;

  DemoPlan {
    var problems = new Problems();
    problems.check(
        replicas >= 2 && replicas <= REPLICAS_MAX, "--replicas", replicas, "2 to " + REPLICAS_MAX);
    problems.check(
        lambda > 0 && lambda <= 10_000, "--lambda", lambda, "> 0 and <= 10000 per second");
    problems.check(
        duration.compareTo(Duration.ofSeconds(2)) >= 0
            && duration.compareTo(Duration.ofMinutes(30)) <= 0,
        "--duration",
        Progress.plain(duration),
        "2 s to 30 min");
    problems.throwIfAny("weir demo");
  }

  /// A plan that fits a machine of `cores` cores.
  ///
  /// @param lambda arrivals per second, or NaN for a load at which round robin is still stable
  static DemoPlan fitting(int cores, int replicas, double lambda, Duration duration, long seed) {
    double parts = Math.max(1, replicas - 1 + SLOW);
    double fastCpus = Math.min(CPUS_MAX, Math.floor(100 * MACHINE_SHARE * cores / parts) / 100);
    double most = SLOW_UTILISATION * replicas * perSecond(fastCpus * SLOW);
    return new DemoPlan(
        replicas, fastCpus, Double.isNaN(lambda) ? Math.floor(most) : lambda, duration, seed);
  }

  /// What all replicas together can serve, per second.
  double capacityPerSecond() {
    return perSecond(fastCpus) * (replicas - 1 + SLOW);
  }

  /// The CPU quota of each replica, in cores.
  List<Double> cpus() {
    var cpus = new ArrayList<Double>();
    for (int i = 1; i < replicas; i++) {
      cpus.add(fastCpus);
    }
    cpus.add(Math.round(fastCpus * SLOW * 1000) / 1000.0);
    return cpus;
  }

  /// The arrivals that both policies get.
  Schedule schedule() {
    return Schedule.ofDuration(new Poisson(lambda), duration, seed);
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "%d replicas (%.2f cores each, the last %.2f), Poisson arrivals at %s/s of %.0f/s that they"
            + " could serve, %s per policy, seed %d",
        replicas,
        fastCpus,
        cpus().getLast(),
        number(lambda),
        capacityPerSecond(),
        Progress.plain(duration),
        seed);
  }

  /// A number as a user would type it.
  static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static double perSecond(double cpus) {
    return cpus * 1000 / WORK_MILLIS;
  }
}
