package dev.weir.lab.local;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.term.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The replicas of a demo or a comparison on this machine, and the load that every policy gets.
///
/// @param replicas how many
/// @param fastCpus the CPU quota of every replica but the last, in cores
/// @param lastSpeed the last replica's speed next to the others'
/// @param work what a request costs
/// @param gaps the law of the gaps between arrivals
/// @param duration of each policy's load
/// @param seed of the schedule
public record LocalPlan(
    int replicas,
    double fastCpus,
    double lastSpeed,
    LocalWork work,
    GapLaw gaps,
    Duration duration,
    long seed) {

  /// The last replica's speed as a share of the others': a machine with a noisy neighbour.
  public static final double SLOW = 0.4;

  /// Load of the slow replica under round robin, which gives every replica the same share. Below 1,
  /// round robin stays stable, and the comparison shows queueing rather than collapse.
  private static final double SLOW_UTILISATION = 0.75;

  /// The share of the machine for the replicas; the sender and the balancer need the rest.
  private static final double MACHINE_SHARE = 0.6;

  private static final double CPUS_MAX = 0.5;
  private static final int REPLICAS_MAX = 32;

  public LocalPlan {
    var problems = new Problems();
    problems.check(
        replicas >= 2 && replicas <= REPLICAS_MAX, "--replicas", replicas, "2 to " + REPLICAS_MAX);
    double perSecond = gaps.ratePerSecond();
    problems.check(
        perSecond > 0 && perSecond <= 10_000, "--lambda", perSecond, "> 0 and <= 10000 per second");
    problems.check(
        fastCpus >= 0.02 && fastCpus <= 64, "--cpus", fastCpus, "0.02 to 64 cores per replica");
    problems.check(
        duration.compareTo(Duration.ofSeconds(2)) >= 0
            && duration.compareTo(Duration.ofMinutes(30)) <= 0,
        "--duration",
        Progress.plain(duration),
        "2 s to 30 min");
    problems.throwIfAny("demo");
  }

  /// A plan that fits a machine of `cores` cores.
  ///
  /// @param lambda arrivals per second, or NaN for a load at which round robin is still stable
  public static LocalPlan fitting(
      int cores, int replicas, double lambda, Duration duration, long seed) {
    double fastCpus = fittingCpus(cores, replicas, SLOW);
    double most =
        SLOW_UTILISATION * replicas * (fastCpus * SLOW * 1000 / LocalWork.DEMO.meanMillis());
    double rate = Double.isNaN(lambda) ? Math.max(1, Math.floor(most)) : lambda;
    return new LocalPlan(
        replicas, fastCpus, SLOW, LocalWork.DEMO, new Poisson(rate), duration, seed);
  }

  /// The quota of each replica that leaves the sender and the balancer their share of the machine.
  public static double fittingCpus(int cores, int replicas, double lastSpeed) {
    double parts = Math.max(1, replicas - 1 + lastSpeed);
    return Math.min(CPUS_MAX, Math.floor(100 * MACHINE_SHARE * cores / parts) / 100);
  }

  /// The same plan with another seed.
  public LocalPlan withSeed(long other) {
    return new LocalPlan(replicas, fastCpus, lastSpeed, work, gaps, duration, other);
  }

  /// The same plan with another duration.
  public LocalPlan withDuration(Duration other) {
    return new LocalPlan(replicas, fastCpus, lastSpeed, work, gaps, other, seed);
  }

  /// The same plan with other arrivals.
  public LocalPlan withGaps(GapLaw other) {
    return new LocalPlan(replicas, fastCpus, lastSpeed, work, other, duration, seed);
  }

  /// Arrivals per second.
  public double lambda() {
    return gaps.ratePerSecond();
  }

  /// What all replicas together can serve, per second.
  public double capacityPerSecond() {
    return capacityPerSecond(work);
  }

  /// The same if a request costs `other`.
  public double capacityPerSecond(LocalWork other) {
    return fastCpus * 1000 / other.meanMillis() * (replicas - 1 + lastSpeed);
  }

  /// The CPU quota of each replica, in cores.
  public List<Double> cpus() {
    var cpus = new ArrayList<Double>();
    for (int i = 1; i < replicas; i++) {
      cpus.add(fastCpus);
    }
    cpus.add(Math.round(fastCpus * lastSpeed * 1000) / 1000.0);
    return cpus;
  }

  /// The arrivals that every policy gets.
  Schedule schedule() {
    return Schedule.ofDuration(gaps, duration, seed);
  }

  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d replicas (%.2f cores each, the last %.2f), Poisson arrivals at %s/s of %.0f/s that they"
            + " could serve, %s per policy, seed %d",
        replicas,
        fastCpus,
        cpus().getLast(),
        number(lambda()),
        capacityPerSecond(),
        Progress.plain(duration),
        seed);
  }

  /// A number as a user would type it.
  public static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
