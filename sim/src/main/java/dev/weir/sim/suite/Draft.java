package dev.weir.sim.suite;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Laws;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.sim.Bottleneck;
import dev.weir.sim.Demand;
import dev.weir.sim.Discipline;
import dev.weir.sim.Scenario;
import dev.weir.sim.ScenarioEvent;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Supply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Builds a case. Defaults: Poisson arrivals and exponential work of 50 ms at four replicas. The
/// balancer gets no settings.
final class Draft {
  private static final int REQUESTS = 60_000;
  private static final int QUEUE_CAP = 1_000_000;
  private static final long QUEUE_DEADLINE_NANOS = 86_400_000_000_000L;
  private static final long SLOW_START_NANOS = 10_000_000_000L;

  private final Discipline discipline;
  private final double cores;
  private final List<ScenarioEvent> events = new ArrayList<>();
  private List<ServerSpec> servers;
  private double slots;
  private double meanSeconds = 0.05;
  private double workScv = 1;
  private double ratePerSecond;
  private Optional<GapLaw> gaps = Optional.empty();
  private Optional<Bottleneck> bottleneck = Optional.empty();
  private Optional<Reference> reference = Optional.empty();
  private Optional<SuiteCase.ErringReplica> errors = Optional.empty();
  private int requests = REQUESTS;
  private double seconds = Double.NaN;
  private boolean steady = true;
  private String load = "";
  private String more = "";

  private Draft(Discipline discipline, double cores) {
    this.discipline = discipline;
    this.cores = cores;
    this.slots = cores;
    this.servers = Collections.nCopies(4, server(1));
  }

  /// Replicas whose requests share the processor.
  static Draft ps(int cores) {
    return new Draft(Discipline.PS, cores);
  }

  /// Replicas with this many slots, served in order of arrival.
  static Draft fcfs(int slots) {
    return new Draft(Discipline.FCFS, slots);
  }

  /// Replicas whose requests never compete for cores.
  static Draft endless() {
    return new Draft(Discipline.PS, Double.POSITIVE_INFINITY);
  }

  private ServerSpec server(double speed) {
    return new ServerSpec(speed, cores, 1);
  }

  Draft replicas(int count) {
    servers = Collections.nCopies(count, server(1));
    return this;
  }

  /// Sets the speed of the last replica.
  Draft lastAt(double speed) {
    servers = new ArrayList<>(servers);
    servers.set(servers.size() - 1, server(speed));
    return with("one at " + number(speed), true);
  }

  Draft meanMillis(double millis) {
    meanSeconds = millis / 1e3;
    return this;
  }

  Draft cs2(double scv) {
    workScv = scv;
    return this;
  }

  /// Sets arrivals as a share of the replicas' capacity.
  Draft rho(double share) {
    ratePerSecond = share * supply().coreSpeeds() / meanSeconds;
    load = "rho " + number(share);
    return this;
  }

  Draft rate(double perSecond) {
    ratePerSecond = perSecond;
    load = number(perSecond) + "/s";
    return this;
  }

  /// Sets arrivals with a rate that alternates between two.
  Draft mmpp(double one, double other, double sojournOne, double sojournOther) {
    Map<String, Double> parameters =
        Map.of("lambda1", one, "lambda2", other, "sojourn1", sojournOne, "sojourn2", sojournOther);
    gaps = Optional.of(Laws.named("mmpp", parameters));
    load = "mmpp %s/%s".formatted(number(one), number(other));
    steady = false;
    return this;
  }

  Draft behind(Bottleneck shared) {
    bottleneck = Optional.of(shared);
    slots = shared.cores() / servers.size();
    return with("bottleneck " + number(shared.cores()), true);
  }

  Draft requests(int count) {
    requests = count;
    return this;
  }

  /// Sets the length, for any number of arrivals.
  Draft seconds(double length) {
    seconds = length;
    return this;
  }

  /// Adds events.
  Draft happens(String what, ScenarioEvent... all) {
    return happens(what, List.of(all));
  }

  Draft happens(String what, List<ScenarioEvent> all) {
    events.addAll(all);
    return with(what, false);
  }

  /// Replaces all replicas from then on, one every five seconds.
  Draft update(double fromSeconds) {
    return happens("rolling update", ScenarioEvent.rollingUpdate(fromSeconds, 5, servers));
  }

  /// Makes the first replica respond with errors from then on.
  Draft errors(double fromSeconds) {
    errors = Optional.of(new SuiteCase.ErringReplica(0, fromSeconds, Double.POSITIVE_INFINITY));
    String when = fromSeconds == 0 ? "" : " from %s s on".formatted(number(fromSeconds));
    return happens("one errs" + when, new ScenarioEvent.Errors(fromSeconds, 0, true));
  }

  Draft reached(double p99Millis, boolean inSteadyState) {
    reference = Optional.of(new Reference("0.1.0", p99Millis / 1e3, inSteadyState));
    return this;
  }

  private Draft with(String what, boolean stillSteady) {
    more = more.isEmpty() ? what : more + " and " + what;
    steady &= stillSteady;
    return this;
  }

  SuiteCase done() {
    var settings =
        new BalancerSettings(
            PolicySpec.WEIR,
            QUEUE_CAP,
            QUEUE_DEADLINE_NANOS,
            BalancerSettings.of(PolicySpec.WEIR).ejectNanos(),
            LimitSpec.AUTO,
            BalancerSettings.of(PolicySpec.WEIR).limitMax(),
            SLOW_START_NANOS);
    GapLaw arrivals = gaps.orElseGet(() -> Laws.named("poisson", Map.of("lambda", ratePerSecond)));
    var scenario =
        new Scenario(
            new Demand(arrivals, Laws.withScv(meanSeconds, workScv), arrivals(), 0, 0),
            supply(),
            events,
            settings,
            0);
    return new SuiteCase(name(), scenario, slots, steady, reference, errors);
  }

  /// How many requests arrive on average in its length.
  private int arrivals() {
    if (Double.isNaN(seconds)) {
      return requests;
    }
    double sum = 0;
    double since = 0;
    double factor = 1;
    for (ScenarioEvent event : events) {
      if (event instanceof ScenarioEvent.Rate(var at, var next)) {
        sum += (at - since) * factor;
        since = at;
        factor = next;
      }
    }
    return (int) Math.round(ratePerSecond * (sum + (seconds - since) * factor));
  }

  private Supply supply() {
    return new Supply(servers, discipline, 0, bottleneck);
  }

  private String name() {
    String kind = Double.isInfinite(cores) ? "inf" : discipline.name() + number(cores);
    String mean = meanSeconds == 0.05 ? "" : " S %sms".formatted(number(meanSeconds * 1e3));
    return "%s x%d%s %s cs2 %s%s"
        .formatted(
            kind.toLowerCase(Locale.ROOT),
            servers.size(),
            mean,
            load,
            number(workScv),
            more.isEmpty() ? "" : " " + more);
  }

  private static String number(double value) {
    String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }
}
