package dev.weir.sim;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import java.util.Comparator;
import java.util.List;

/// What is simulated: arrivals, work, servers and what happens to them.
///
/// @param gaps the law of the gaps between arrivals
/// @param work the law of the seconds that a request takes a core of speed 1
/// @param servers the replicas
/// @param discipline how each divides its cores
/// @param requests how many arrive
/// @param warmup how many of the first are left out of the figures
/// @param rttNanos from balancer to server and back
/// @param patienceNanos how long a client waits for a slot before it leaves; 0 for ever
/// @param changes what happens in mid-run
/// @param settings the balancer's, but for the policy
/// @param seed of arrivals, work and the policies' own draws
public record Scenario(
    GapLaw gaps,
    GapLaw work,
    List<ServerSpec> servers,
    Discipline discipline,
    int requests,
    int warmup,
    long rttNanos,
    long patienceNanos,
    List<Change> changes,
    BalancerSettings settings,
    long seed) {
  private static final int REQUESTS_MAX = 100_000_000;
  private static final int SERVERS_MAX = 1_000;

  public Scenario {
    servers = List.copyOf(servers);
    changes = changes.stream().sorted(Comparator.comparingDouble(Change::atSeconds)).toList();
    var problems = new Problems();
    int serverCount = servers.size();
    problems.check(
        serverCount >= 1 && serverCount <= SERVERS_MAX,
        "servers",
        serverCount,
        "1 to " + SERVERS_MAX);
    problems.check(
        requests >= 1 && requests <= REQUESTS_MAX, "requests", requests, "1 to " + REQUESTS_MAX);
    problems.check(
        warmup >= 0 && warmup < requests, "warmup", warmup, ">= 0 and less than requests");
    problems.check(rttNanos >= 0, "rtt", rttNanos, ">= 0");
    problems.check(patienceNanos >= 0, "patience", patienceNanos, ">= 0");
    for (Change change : changes) {
      problems.check(
          change.server() < serverCount, "change.server", change.server(), "< " + serverCount);
    }
    problems.throwIfAny("scenario");
  }

  /// A scenario without network time, impatience or changes, that leaves out the first tenth.
  public static Scenario of(
      GapLaw gaps,
      GapLaw work,
      List<ServerSpec> servers,
      Discipline discipline,
      int requests,
      long seed) {
    return new Scenario(
        gaps,
        work,
        servers,
        discipline,
        requests,
        requests / 10,
        0,
        0,
        List.of(),
        BalancerSettings.of(PolicySpec.WEIR),
        seed);
  }

  /// The same with changes in mid-run.
  public Scenario with(List<Change> other) {
    return new Scenario(
        gaps,
        work,
        servers,
        discipline,
        requests,
        warmup,
        rttNanos,
        patienceNanos,
        other,
        settings,
        seed);
  }

  /// The same with other settings of the balancer.
  public Scenario with(BalancerSettings other) {
    return new Scenario(
        gaps,
        work,
        servers,
        discipline,
        requests,
        warmup,
        rttNanos,
        patienceNanos,
        changes,
        other,
        seed);
  }

  /// The same with a network in between and clients that leave.
  public Scenario with(long otherRttNanos, long otherPatienceNanos) {
    return new Scenario(
        gaps,
        work,
        servers,
        discipline,
        requests,
        warmup,
        otherRttNanos,
        otherPatienceNanos,
        changes,
        settings,
        seed);
  }

  /// Requests per second that the servers can do together, infinite if any has endless cores.
  public double capacityPerSecond() {
    double coreSpeeds = servers.stream().mapToDouble(s -> s.speed() * s.cores()).sum();
    return coreSpeeds / work.meanSeconds();
  }
}
