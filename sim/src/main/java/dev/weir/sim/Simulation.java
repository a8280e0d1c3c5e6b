package dev.weir.sim;

import dev.weir.arrivals.GapSampler;
import dev.weir.balance.Admission;
import dev.weir.balance.Balancer;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.Refusal;
import dev.weir.balance.Replica;
import dev.weir.balance.Ticket;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/// One run of a scenario under one variant, on virtual time, with the proxy's own balancer.
///
/// The same seed gives every variant the same arrivals and the same work (common random numbers),
/// so differences come from the variants, not from chance.
public final class Simulation {
  private static final int ARRIVAL = 0;
  private static final int TICK = 1;
  private static final int HAPPENING = 2;
  private static final int OUTWARD = 3;
  private static final int HOMEWARD = 4;
  private static final int PATIENCE = 5;
  private static final int FLEET = 6;
  private static final long TICK_NANOS = 100_000_000L;
  private static final int PROGRESS_EVERY = 1 << 13;

  private final Scenario scenario;
  private final IntConsumer progress;
  private final Balancer<Job> balancer;
  private final Responses responses;
  private final Arrivals arrivals;
  private final GapSampler work;
  private final NextEvents events;
  private final Fleet fleet;
  private final DelayLine outward = new DelayLine();
  private final DelayLine homeward = new DelayLine();
  private final DelayLine patience = new DelayLine();
  private final ArrayDeque<Job> idle = new ArrayDeque<>();
  private final long oneWayNanos;
  private final boolean isExplained;
  private final LimitLog limits = new LimitLog();
  private long nowNanos;
  private int happened;

  private Simulation(
      Scenario scenario, Variant variant, boolean isExplained, IntConsumer progress) {
    this.isExplained = isExplained;
    this.scenario = scenario;
    this.progress = progress;
    this.responses = new Responses(scenario.demand());
    var random = new SplittableRandom(scenario.seed());
    this.arrivals =
        new Arrivals(scenario.demand().gaps().sampler(random.split()), scenario.requests());
    this.work = scenario.demand().work().sampler(random.split());
    this.balancer = new Balancer<>(variant.in(scenario.settings()), dispatch(), random.split());
    this.events = new NextEvents(FLEET + Fleet.sources(scenario));
    this.fleet = new Fleet(scenario, events, FLEET, this::leave);
    this.oneWayNanos = scenario.supply().rttNanos() / 2;
  }

  /// Runs it to the end, with the limit of the scenario's settings.
  public static PolicyResult run(Scenario scenario, PolicySpec policy) {
    return run(scenario, new Variant(policy, scenario.settings().limit()));
  }

  /// Runs it to the end.
  public static PolicyResult run(Scenario scenario, Variant variant) {
    return play(scenario, variant, _ -> {}).outcome();
  }

  /// Runs it to the end, keeps every response time, and reports now and then to `progress` how many
  /// requests have ended.
  public static SimulatedRun play(Scenario scenario, Variant variant, IntConsumer progress) {
    return new Simulation(scenario, variant, false, progress).play(variant);
  }

  /// The same, also keeping the changes of replicas' limits.
  public static SimulatedRun explain(Scenario scenario, Variant variant, IntConsumer progress) {
    return new Simulation(scenario, variant, true, progress).play(variant);
  }

  private SimulatedRun play(Variant variant) {
    begin();
    loop();
    return new SimulatedRun(
        responses.outcome(variant.label(), balancer.status(nowNanos), fleet, nowNanos),
        responses.times(),
        limits.changes());
  }

  private void begin() {
    balancer.replicas(fleet.replicas(), 0);
    explain();
    events.set(TICK, TICK_NANOS);
    events.set(ARRIVAL, arrivals.nextNanos());
    scheduleHappening();
  }

  private void loop() {
    int reportAt = PROGRESS_EVERY;
    while (responses.settled() < scenario.requests()) {
      nowNanos = events.firstNanos();
      happen(events.first());
      if (responses.settled() >= reportAt) {
        progress.accept(responses.settled());
        reportAt += PROGRESS_EVERY;
      }
    }
    progress.accept(responses.settled());
  }

  private void happen(int source) {
    switch (source) {
      case ARRIVAL -> arrive();
      case TICK -> {
        events.set(TICK, nowNanos + TICK_NANOS);
        balancer.tick(nowNanos);
        explain();
      }
      case HAPPENING -> happen(scenario.events().get(happened++));
      case OUTWARD -> {
        Job job = outward.take();
        events.set(OUTWARD, outward.nextNanos());
        fleet.reach(job, nowNanos);
      }
      case HOMEWARD -> {
        Job job = homeward.take();
        events.set(HOMEWARD, homeward.nextNanos());
        end(job);
      }
      case PATIENCE -> lose();
      default -> fleet.happen(source - FLEET, nowNanos);
    }
  }

  private void explain() {
    if (isExplained) {
      limits.note(balancer.status(nowNanos), nowNanos);
    }
  }

  private void happen(ScenarioEvent event) {
    switch (event) {
      case ScenarioEvent.Speed(_, var server, var speed) -> fleet.speed(server, speed, nowNanos);
      case ScenarioEvent.SpeedOfAll(_, var factor) -> fleet.speedOfAll(factor, nowNanos);
      case ScenarioEvent.Errors(_, var server, var begins) -> fleet.errors(server, begins);
      case ScenarioEvent.Rate(_, var factor) -> {
        arrivals.rate(factor, nowNanos);
        events.set(ARRIVAL, arrivals.nextNanos());
      }
      case ScenarioEvent.Join _ -> {
        fleet.join(nowNanos);
        balancer.replicas(fleet.replicas(), nowNanos);
      }
      case ScenarioEvent.Leave(_, var server) -> {
        fleet.leave(server, nowNanos);
        balancer.replicas(fleet.replicas(), nowNanos);
      }
    }
    scheduleHappening();
  }

  private void scheduleHappening() {
    boolean more = happened < scenario.events().size();
    events.set(
        HAPPENING,
        more ? Math.round(scenario.events().get(happened).atSeconds() * 1e9) : Long.MAX_VALUE);
  }

  private void arrive() {
    Job polled = idle.poll();
    Job job = polled == null ? new Job() : polled;
    job.reset(arrivals.take(), nowNanos, work.nextSeconds() * 1e9);
    responses.times().arrived(nowNanos);
    events.set(ARRIVAL, arrivals.nextNanos());
    admit(job, balancer.arrive(job, nowNanos));
    if (scenario.demand().patienceNanos() > 0) {
      patience.add(job, nowNanos + scenario.demand().patienceNanos());
      events.set(PATIENCE, patience.nextNanos());
    }
  }

  /// A client loses patience if its request still waits.
  private void lose() {
    int index = patience.firstIndex();
    Job job = patience.take();
    events.set(PATIENCE, patience.nextNanos());
    if (job.index == index && job.ticket != null && balancer.cancel(job.ticket, nowNanos)) {
      responses.cancelled();
      idle.add(job);
    }
  }

  /// A replica is done with a request. A failed request is ended by a separate event, because the
  /// balancer may just be assigning it.
  private void leave(Job job) {
    if (job.end == Job.End.RESPONDED && oneWayNanos == 0) {
      end(job);
    } else {
      homeward.add(job, nowNanos + oneWayNanos);
      events.set(HOMEWARD, homeward.nextNanos());
    }
  }

  private void end(Job job) {
    Lease lease = Objects.requireNonNull(job.lease);
    switch (job.end) {
      case RESPONDED -> {
        responses.completed(job.index, nowNanos - job.arrivedNanos);
        idle.add(job);
        balancer.end(lease, Outcome.SUCCEEDED, nowNanos);
      }
      case ERRED -> {
        responses.erred();
        idle.add(job);
        balancer.end(lease, Outcome.ERRED, nowNanos);
      }
      case FAILED -> {
        Replica avoid = lease.replica();
        balancer.end(lease, Outcome.FAILED, nowNanos);
        retry(job, avoid);
      }
    }
  }

  private void retry(Job job, Replica avoid) {
    if (job.retried) {
      responses.failed();
      idle.add(job);
    } else {
      job.retried = true;
      admit(job, balancer.retry(job, avoid, nowNanos));
    }
  }

  private void admit(Job job, Admission admission) {
    switch (admission) {
      case Lease lease -> send(job, lease);
      case Refusal _ -> refuse(job);
      case Ticket ticket -> job.ticket = ticket;
    }
  }

  private void send(Job job, Lease lease) {
    job.lease = lease;
    if (oneWayNanos > 0) {
      outward.add(job, nowNanos + oneWayNanos);
      events.set(OUTWARD, outward.nextNanos());
    } else {
      fleet.reach(job, nowNanos);
    }
  }

  private void refuse(Job job) {
    responses.refused();
    idle.add(job);
  }

  private Dispatch<Job> dispatch() {
    return new Dispatch<>() {
      @Override
      public void assigned(Job job, Lease lease) {
        send(job, lease);
      }

      @Override
      public void refused(Job job, Refusal reason) {
        refuse(job);
      }
    };
  }
}
