package dev.weir.sim.scale;

import dev.weir.arrivals.GapSampler;
import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateMeter;
import dev.weir.balance.QueueSpec;
import dev.weir.balance.QueuedRequest;
import dev.weir.balance.WaitQueue;
import dev.weir.scale.WorkLaw;
import dev.weir.scale.WorkMoments;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// One service under one trace and one rule: one queue, replicas that start and drain, and the
/// classes that measure and decide in production.
public final class ScaleSimulation {
  /*
   * An event loop of its own, since replicas with fixed slots need no balancer: a request costs some
   * 100 ns. The same seed gives every rule the same arrivals and the same work.
   */
  private static final double START_UTILISATION = 0.7;
  private static final int PROGRESS_SECONDS = 60;

  private final LoadTrace trace;
  private final ScaleScenario scenario;
  private final AutoscaleRule rule;
  private final LoadTrace.Arrivals arrivals;
  private final GapSampler work;
  private final WaitQueue<Double> queue = new WaitQueue<>();
  private final CompletionHeap busy = new CompletionHeap();
  private final SimulatedPool pool;
  private final ScaleRecord record;
  private final RateMeter rates = new RateMeter(0);
  private final WorkMoments measured = new WorkMoments();
  private double busySeconds;
  private double inSystemSeconds;
  private double integratedSeconds;

  private ScaleSimulation(LoadTrace trace, ScaleScenario scenario, NamedRule named, long seed) {
    this.trace = trace;
    this.scenario = scenario;
    this.rule = named.rule(scenario, trace);
    var random = new SplittableRandom(seed);
    this.arrivals = trace.arrivals(random.split());
    this.work = scenario.work().sampler(random.split());
    double meanSeconds = scenario.work().meanSeconds();
    double erlangs = trace.perSecond(0) * meanSeconds;
    int first = (int) Math.ceil(erlangs / START_UTILISATION / scenario.slots());
    this.pool =
        new SimulatedPool(
            scenario.slots(), scenario.coldStartSeconds(), bounded(named.first(first)));
    this.record = new ScaleRecord(scenario.promise(), trace.seconds());
    record.replicas(0, pool.desired());
  }

  /// Plays the trace to its end, and on until nothing waits.
  ///
  /// @param progress gets the share that is done, now and then
  public static ScaleResult run(
      LoadTrace trace, ScaleScenario scenario, NamedRule rule, long seed, DoubleConsumer progress) {
    return new ScaleSimulation(trace, scenario, rule, seed).play(progress);
  }

  private int bounded(int replicas) {
    return Math.clamp(replicas, scenario.min(), scenario.max());
  }

  private ScaleResult play(DoubleConsumer progress) {
    double arrival = arrivals.nextSeconds();
    double tick = rule.tickSeconds();
    double report = PROGRESS_SECONDS;
    double spentSeconds = Double.NaN;
    while (true) {
      double now = Math.min(Math.min(arrival, busy.firstSeconds()), pool.nextReadySeconds());
      if (tick < now && tick <= trace.seconds()) {
        now = tick;
        tick += rule.tickSeconds();
        integrate(now);
        decide(now);
        if (now >= report) {
          progress.accept(now / trace.seconds());
          report += PROGRESS_SECONDS;
        }
        continue;
      }
      if (now >= trace.seconds() && Double.isNaN(spentSeconds)) {
        spentSeconds = pool.spentSeconds(trace.seconds());
      }
      if (queue.size() == 0 && busy.size() == 0 && Double.isInfinite(arrival)) {
        return record.result(spentSeconds, pool.starts());
      }
      integrate(now);
      if (now == arrival) {
        arrive(now);
        arrival = arrivals.nextSeconds();
      } else if (now == busy.firstSeconds()) {
        complete(now);
      } else {
        pool.becomeReady(now);
      }
      serve(now);
    }
  }

  private void integrate(double now) {
    double passed = now - integratedSeconds;
    busySeconds += passed * busy.size();
    inSystemSeconds += passed * (busy.size() + queue.size());
    integratedSeconds = now;
  }

  private void arrive(double now) {
    long nanos = nanos(now);
    rates.note(nanos);
    queue.join(now, null, nanos);
  }

  private void complete(double now) {
    measured.note(busy.firstWork() * 1e9, measured.meanNanos(), nanos(now));
    pool.release(busy.firstServer(), now);
    busy.removeFirst();
  }

  private void serve(double now) {
    while (queue.size() > 0 && pool.hasFree()) {
      QueuedRequest<Double> next = queue.next(nanos(now));
      SimulatedPool.Server server = pool.take();
      if (next == null || server == null) {
        return;
      }
      queue.leave(next);
      double arrived = next.request();
      double workSeconds = work.nextSeconds();
      busy.add(now + workSeconds, workSeconds, server);
      record.served(arrived, now - arrived, workSeconds);
    }
  }

  private void decide(double now) {
    if (scenario.lateLast()) {
      double serviceNanos = measured.meanNanos();
      long promiseNanos = nanos(scenario.promise().seconds());
      queue.lateAfter(new QueueSpec.LateLast(promiseNanos).lateAfterNanos(serviceNanos));
    }
    pool.resize(bounded(rule.replicas(view(now))), now);
    record.replicas(now, pool.desired());
    serve(now);
  }

  private ScaleView view(double now) {
    QueuedRequest<Double> oldest = queue.oldest();
    RateEstimate rate = rates.estimate(nanos(now));
    return new ScaleView(
        now,
        pool.ready(),
        pool.desired(),
        queue.size(),
        oldest == null ? 0 : now - oldest.request(),
        busySeconds,
        inSystemSeconds,
        rate,
        rate.dispersion(),
        law(now));
  }

  private @Nullable WorkLaw law(double now) {
    WorkLaw law = measured.law(nanos(now)).orElse(null);
    double factor = scenario.workError();
    return law == null || factor == 1 ? law : new ScaledWork(law, factor);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
