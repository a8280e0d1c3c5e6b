package dev.weir.sim;

import dev.weir.arrivals.GapSampler;
import dev.weir.balance.Balancer;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Fate;
import dev.weir.balance.Lease;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.Refusal;
import dev.weir.balance.Replica;
import dev.weir.balance.ReplicaSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/// One run of a scenario under one policy, on virtual time, driving the balancer that the proxy
/// runs.
///
/// The same seed gives every policy the same arrivals and the same work in each of them (common
/// random numbers), so that policies differ by what they did and not by what they met.
public final class Simulation {
  private static final int ARRIVAL = 0;
  private static final int TICK = 1;
  private static final int CHANGE = 2;
  private static final int OUTWARD = 3;
  private static final int HOMEWARD = 4;
  private static final int PATIENCE = 5;
  private static final int SERVERS = 6;
  private static final long TICK_NANOS = 100_000_000L;
  private static final int PROGRESS_EVERY = 1 << 13;

  private final Scenario scenario;
  private final IntConsumer progress;
  private final Balancer<Job> balancer;
  private final Responses responses;
  private final GapSampler gaps;
  private final GapSampler work;
  private final NextEvents events;
  private final List<Server> servers = new ArrayList<>();
  private final Map<String, Integer> serverById = new HashMap<>();
  private final DelayLine outward = new DelayLine();
  private final DelayLine homeward = new DelayLine();
  private final DelayLine patience = new DelayLine();
  private final ArrayDeque<Job> idle = new ArrayDeque<>();
  private long nowNanos;
  private double arrivalSeconds;
  private int arrived;
  private int changed;

  private Simulation(Scenario scenario, PolicySpec policy, IntConsumer progress) {
    this.scenario = scenario;
    this.progress = progress;
    this.responses = new Responses(scenario.requests(), scenario.warmup());
    var random = new SplittableRandom(scenario.seed());
    this.gaps = scenario.gaps().sampler(random.split());
    this.work = scenario.work().sampler(random.split());
    this.balancer = new Balancer<>(scenario.settings().with(policy), dispatch(), random.split());
    this.events = new NextEvents(SERVERS + scenario.servers().size());
  }

  /// Runs it to its end.
  public static Outcome run(Scenario scenario, PolicySpec policy) {
    return run(scenario, policy, _ -> {});
  }

  /// Runs it to its end and tells `progress` now and then how many requests are settled.
  public static Outcome run(Scenario scenario, PolicySpec policy, IntConsumer progress) {
    var simulation = new Simulation(scenario, policy, progress);
    simulation.begin();
    simulation.loop();
    return simulation.responses.outcome(
        simulation.balancer.status(simulation.nowNanos), simulation.servers, simulation.nowNanos);
  }

  private void begin() {
    var specs = new ArrayList<ReplicaSpec>();
    for (ServerSpec spec : scenario.servers()) {
      String id = "r" + (servers.size() + 1);
      serverById.put(id, servers.size());
      servers.add(new Server(spec, scenario.discipline()));
      specs.add(new ReplicaSpec(id, spec.toldCores()));
    }
    balancer.replicas(specs, 0);
    events.set(TICK, TICK_NANOS);
    scheduleArrival();
    scheduleChange();
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
      }
      case CHANGE -> change();
      case OUTWARD -> {
        Job job = outward.take();
        events.set(OUTWARD, outward.nextNanos());
        reach(job);
      }
      case HOMEWARD -> {
        Job job = homeward.take();
        events.set(HOMEWARD, homeward.nextNanos());
        end(job);
      }
      case PATIENCE -> lose();
      default -> finish(source - SERVERS);
    }
  }

  private void arrive() {
    Job polled = idle.poll();
    Job job = polled == null ? new Job() : polled;
    job.reset(arrived++, nowNanos, work.nextSeconds() * 1e9);
    scheduleArrival();
    job.ticket = balancer.arrive(job, nowNanos);
    if (scenario.patienceNanos() > 0) {
      patience.add(job, nowNanos + scenario.patienceNanos());
      events.set(PATIENCE, patience.nextNanos());
    }
  }

  private void scheduleArrival() {
    arrivalSeconds += gaps.nextSeconds();
    events.set(
        ARRIVAL, arrived < scenario.requests() ? Math.round(arrivalSeconds * 1e9) : Long.MAX_VALUE);
  }

  private void scheduleChange() {
    boolean more = changed < scenario.changes().size();
    events.set(
        CHANGE,
        more ? Math.round(scenario.changes().get(changed).atSeconds() * 1e9) : Long.MAX_VALUE);
  }

  private void change() {
    Change change = scenario.changes().get(changed++);
    servers.get(change.server()).speed(change.speed(), nowNanos, this::giveUp);
    schedule(change.server());
    scheduleChange();
  }

  /// A client loses patience, if its request still waits.
  private void lose() {
    int index = patience.firstIndex();
    Job job = patience.take();
    events.set(PATIENCE, patience.nextNanos());
    if (job.index == index && job.ticket != null && balancer.cancel(job.ticket, nowNanos)) {
      responses.cancelled();
      idle.add(job);
    }
  }

  private void finish(int index) {
    Job job = servers.get(index).finish(nowNanos);
    schedule(index);
    if (scenario.rttNanos() > 0) {
      sendHome(job, scenario.rttNanos() / 2);
    } else {
      end(job);
    }
  }

  private void schedule(int index) {
    events.set(SERVERS + index, servers.get(index).nextNanos());
  }

  /// A request reaches its server, which may have gone down.
  private void reach(Job job) {
    int index = serverIndex(lease(job));
    Server server = servers.get(index);
    if (server.isDown()) {
      giveUp(job);
    } else {
      server.add(job, nowNanos);
      schedule(index);
    }
  }

  private void giveUp(Job job) {
    job.finish = Double.NaN;
    sendHome(job, scenario.rttNanos() / 2);
  }

  private void sendHome(Job job, long delayNanos) {
    homeward.add(job, nowNanos + delayNanos);
    events.set(HOMEWARD, homeward.nextNanos());
  }

  private void end(Job job) {
    Lease lease = lease(job);
    if (!Double.isNaN(job.finish)) {
      responses.completed(job.index, nowNanos - job.arrivedNanos);
      idle.add(job);
      balancer.end(lease, Fate.SUCCEEDED, nowNanos);
      return;
    }
    Replica avoid = lease.replica();
    balancer.end(lease, Fate.FAILED, nowNanos);
    if (job.retried) {
      responses.failed();
      idle.add(job);
    } else {
      job.retried = true;
      job.ticket = balancer.retry(job, avoid, nowNanos);
    }
  }

  private int serverIndex(Lease lease) {
    return Objects.requireNonNull(serverById.get(lease.replica().id()));
  }

  private static Lease lease(Job job) {
    return Objects.requireNonNull(job.lease);
  }

  private Dispatch<Job> dispatch() {
    return new Dispatch<>() {
      @Override
      public void assigned(Job job, Lease lease) {
        job.lease = lease;
        job.finish = 0;
        if (scenario.rttNanos() > 0) {
          outward.add(job, nowNanos + scenario.rttNanos() / 2);
          events.set(OUTWARD, outward.nextNanos());
        } else {
          reach(job);
        }
      }

      @Override
      public void refused(Job job, Refusal reason) {
        responses.refused();
        idle.add(job);
      }
    };
  }
}
