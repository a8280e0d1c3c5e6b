package dev.weir.sim;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A simulated scenario: requests, servers and events.
///
/// @param demand the requests
/// @param supply the servers
/// @param events the events during the run, in order of time
/// @param settings the balancer's, without the policy
/// @param seed of arrivals, work and the policies' own draws
public record Scenario(
    Demand demand,
    Supply supply,
    List<ScenarioEvent> events,
    BalancerSettings settings,
    long seed) {
  private static final int HAPPENINGS_MAX = 10_000;

  public Scenario {
    events = events.stream().sorted(Comparator.comparingDouble(ScenarioEvent::atSeconds)).toList();
    var problems = new Problems();
    int count = events.size();
    problems.check(count <= HAPPENINGS_MAX, "happenings", count, "<= " + HAPPENINGS_MAX);
    int servers = supply.servers().size();
    for (ScenarioEvent event : events) {
      switch (event) {
        case ScenarioEvent.Speed h -> exists(problems, "change", h.server(), servers);
        case ScenarioEvent.Leave h -> exists(problems, "leave", h.server(), servers);
        case ScenarioEvent.Errors h -> exists(problems, "errors", h.server(), servers);
        case ScenarioEvent.Join _ -> servers++;
        case ScenarioEvent.SpeedOfAll _, ScenarioEvent.Rate _ -> {}
      }
    }
    problems.throwIfAny("scenario");
  }

  /// A scenario without network time, impatience or events, whose figures omit the first tenth.
  public static Scenario of(
      GapLaw gaps,
      GapLaw work,
      List<ServerSpec> servers,
      Discipline discipline,
      int requests,
      long seed) {
    return new Scenario(
        new Demand(gaps, work, requests, requests / 10, 0),
        new Supply(servers, discipline, 0, Optional.empty()),
        List.of(),
        BalancerSettings.of(PolicySpec.WEIR),
        seed);
  }

  /// The same with these events.
  public Scenario with(List<ScenarioEvent> other) {
    return new Scenario(demand, supply, other, settings, seed);
  }

  /// The same with other settings of the balancer.
  public Scenario with(BalancerSettings other) {
    return new Scenario(demand, supply, events, other, seed);
  }

  /// The same with a server behind all replicas.
  public Scenario with(Bottleneck shared) {
    var behind =
        new Supply(supply.servers(), supply.discipline(), supply.rttNanos(), Optional.of(shared));
    return new Scenario(demand, behind, events, settings, seed);
  }

  /// The same with a network and with impatient clients.
  public Scenario with(long rttNanos, long patienceNanos) {
    var impatient =
        new Demand(demand.gaps(), demand.work(), demand.requests(), demand.warmup(), patienceNanos);
    var remote = new Supply(supply.servers(), supply.discipline(), rttNanos, supply.bottleneck());
    return new Scenario(impatient, remote, events, settings, seed);
  }

  /// The same with another warm-up, which the figures leave out.
  public Scenario withWarmup(int warmup) {
    var measured =
        new Demand(demand.gaps(), demand.work(), demand.requests(), warmup, demand.patienceNanos());
    return new Scenario(measured, supply, events, settings, seed);
  }

  /// The same under another seed.
  public Scenario withSeed(long other) {
    return new Scenario(demand, supply, events, settings, other);
  }

  /// How many requests arrive.
  public int requests() {
    return demand.requests();
  }

  /// Requests per second that all servers together can do; infinite if unbounded.
  public double capacityPerSecond() {
    return supply.coreSpeeds() / demand.work().meanSeconds();
  }

  private static void exists(Problems problems, String name, int server, int servers) {
    problems.check(
        server < servers, name, server + 1, "a replica that is there by then: 1 to " + servers);
  }
}
