package dev.weir.lab.autoscale;

import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.lab.compare.ComparedService;
import dev.weir.lab.compare.ComparisonTarget;
import dev.weir.lab.compare.ComparisonTrial;
import dev.weir.lab.compare.ComparisonVariant.Rule;
import dev.weir.lab.compare.ServiceAccess;
import dev.weir.lab.compare.ServiceRestoration;
import dev.weir.lab.compare.SwarmLoads;
import dev.weir.lab.compare.SwarmLoads.Running;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.record.Recording;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.load.record.LoadResult;
import dev.weir.run.RunInfo;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceLabels;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A comparison of rules of autoscaling on a service of a swarm.
///
/// Before each run the service gets the same number of replicas and a little load. Then the rule
/// may set the number, while a trace is sent. At the end the service is restored.
final class AutoscaleTarget implements ComparisonTarget {
  private static final Duration TASKS_MAX = Duration.ofMinutes(5);

  /// How long new replicas need until they are found, checked and get their full share.
  private static final Duration SETTLE = Duration.ofSeconds(12);

  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final Engine engine;
  private final ComparedService subject;
  private final ServiceAccess access;
  private final AutoscalePlan plan;
  private final double peakPerSecond;
  private final SampledNodes nodes;
  private final SwarmLoads loads;
  private final ServiceVariation variation;
  private final Terminal terminal;
  private final ServiceRestoration restoration;
  private boolean described;

  /// @param variation of the service, as it was found
  AutoscaleTarget(
      Engine engine,
      ComparedService subject,
      ServiceAccess access,
      AutoscalePlan plan,
      double peakPerSecond,
      SampledNodes nodes,
      SwarmLoads loads,
      ServiceVariation variation,
      Terminal terminal) {
    this.engine = engine;
    this.subject = subject;
    this.access = access;
    this.plan = plan;
    this.peakPerSecond = peakPerSecond;
    this.nodes = nodes;
    this.loads = loads;
    this.variation = variation;
    this.terminal = terminal;
    this.restoration = new ServiceRestoration(variation, subject.service(), terminal);
  }

  @Override
  public LoadResult run(ComparisonTrial trial) throws InterruptedException {
    if (!(trial.variant() instanceof Rule rule)) {
      throw new IllegalStateException("not a rule: " + trial.label());
    }
    reset(rule, trial.task());
    LoadResult warm = warmUp(trial);
    if (loads.isStopping()) {
      return warm;
    }
    Schedule schedule = plan.schedule(peakPerSecond, trial.scheduleSeed());
    return loads.recorded(
        trial.folder(),
        info(trial, schedule),
        nodes,
        schedule,
        trial.task(),
        recording -> begin(rule, recording));
  }

  /// How many replicas there are when a run begins.
  int first(Rule rule) {
    return rule.first(plan.bounded(subject.found().replicas()));
  }

  private void reset(Rule rule, String task) throws InterruptedException {
    if (loads.isStopping()) {
      return;
    }
    if (!described) {
      described = true;
      terminal.report(
          "weir: %s as found: %s".formatted(subject.service(), variation.found().describe()));
    }
    terminal.live(task + " setting " + subject.service() + " back to its start");
    variation.scaling(
        Map.of(ServiceLabels.SLO, plan.promise().text()),
        Set.copyOf(ScaleLabels.NAMES),
        first(rule));
    variation.awaitTasks(TASKS_MAX, loads::isStopping);
    loads.pause(SETTLE);
  }

  /// At the rate with which the trace begins.
  private LoadResult warmUp(ComparisonTrial trial) throws InterruptedException {
    double perSecond = plan.rates(peakPerSecond, trial.scheduleSeed()).perSecond(0);
    Schedule schedule = Schedule.ofDuration(new Poisson(perSecond), WARM_UP, ~trial.scheduleSeed());
    return loads.quietly(schedule, trial.task() + " warming up:");
  }

  private Running begin(Rule rule, Recording recording) {
    Running watch = ReplicaWatch.start(engine, subject.service(), recording);
    Running scaling =
        switch (rule) {
          case Rule.Weir() ->
              WeirRun.start(
                  engine,
                  variation,
                  subject.service(),
                  plan,
                  access.statusUrl(),
                  recording,
                  terminal);
          case Rule.Cpu() ->
              CpuRun.start(
                  engine, variation, subject.service(), plan, coresEach(subject), recording);
          case Rule.Fixed(_) -> () -> {};
        };
    return () -> {
      try (watch) {
        scaling.close();
      }
    };
  }

  /// Cores of a replica; one, where nothing limits it.
  static double coresEach(ComparedService subject) {
    return Double.isNaN(subject.coresEach()) ? 1 : subject.coresEach();
  }

  @Override
  public void stop() {
    loads.stop();
    // At once: an interrupted process has no time for the rest.
    restoration.putBack();
  }

  @Override
  public void close() {
    restoration.putBack();
  }

  @Override
  public boolean isLeftChanged() {
    return restoration.isLeftChanged();
  }

  private RunInfo info(ComparisonTrial trial, Schedule schedule) {
    var facts = new LinkedHashMap<>(MachineInfo.local().facts());
    facts.put("service", subject.service());
    facts.put("variant", trial.variant().label());
    facts.put("promise", plan.promise().text());
    facts.put("replicas", plan.min() + " to " + plan.max());
    facts.put("target", access.target());
    facts.put(
        "load",
        "%s, peak %.3g/s, %d arrivals, seed %d"
            .formatted(plan.trace().label(), peakPerSecond, schedule.size(), trial.scheduleSeed()));
    facts.put("sampled", nodes.describe());
    return new RunInfo(
        trial.label(), trial.label(), Instant.now(), trial.command(), trial.scheduleSeed(), facts);
  }
}
