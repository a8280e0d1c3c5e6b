package dev.weir.cli;

import dev.weir.arrivals.Schedule;
import dev.weir.cli.Children.Child;
import dev.weir.load.LoadResult;
import dev.weir.load.LoadRun;
import dev.weir.load.LoadSettings;
import dev.weir.load.Target;
import dev.weir.observe.ProcessSampler;
import dev.weir.observe.SampleSource;
import dev.weir.observe.Sampler;
import dev.weir.run.RunInfo;
import dev.weir.sim.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One policy's turn on this machine: a balancer of its own before the same replicas, the same
/// schedule, and everything recorded.
final class DemoRound {
  /// Connections, code and clocks are warm before anything is recorded.
  static final Duration WARM_UP = Duration.ofSeconds(3);

  /// Samples from before the load and after it, so that its charts show where they come from.
  static final int QUIET_ROUNDS = 2;

  private static final Duration DRAIN = Duration.ofSeconds(1);

  private static final Duration QUIET_MAX = Duration.ofSeconds(10);

  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Children family;
  private final DemoReplicas replicas;
  private final DemoPlan plan;
  private final Terminal terminal;
  private final Machine machine;
  private final Duration warmUp;
  private final int quietRounds;
  private volatile @Nullable LoadRun current;
  private volatile boolean stopped;

  /// @param warmUp the length of an unrecorded load before
  /// @param quietRounds samples of every process before and after the load
  DemoRound(
      Children family,
      DemoReplicas replicas,
      DemoPlan plan,
      Terminal terminal,
      Duration warmUp,
      int quietRounds) {
    this.family = family;
    this.replicas = replicas;
    this.plan = plan;
    this.terminal = terminal;
    this.machine = Machine.local();
    this.warmUp = warmUp;
    this.quietRounds = quietRounds;
  }

  /// Runs one policy and leaves its run in the turn's folder.
  LoadResult run(DemoTurn turn) throws InterruptedException {
    String name = "balancer-" + CompareRuns.safe(turn.balancing().label());
    Child balancer = family.start(name, JVM, Weir.class.getName(), flags(turn), "weir");
    try {
      return record(turn, balancer);
    } finally {
      family.stop(balancer);
    }
  }

  /// Sends nothing more, now or in later rounds; what was done is still kept.
  void stop() {
    stopped = true;
    LoadRun load = current;
    if (load != null) {
      load.stop(DRAIN);
    }
  }

  /// Whether there is nothing more to come.
  boolean isStopped() {
    return stopped;
  }

  private List<String> flags(DemoTurn turn) {
    var flags = new ArrayList<>(List.of("balance"));
    flags.addAll(replicas.backendFlags());
    Variant balancing = turn.balancing();
    flags.addAll(
        List.of("--policy", balancing.policy().label(), "--limit", balancing.limit().label()));
    flags.addAll(List.of("--served-by", "--until-stdin-closes"));
    flags.addAll(
        List.of(
            "--listen", "127.0.0.1:" + turn.port(), "--admin", "127.0.0.1:" + turn.adminPort()));
    return flags;
  }

  private LoadResult record(DemoTurn turn, Child balancer) throws InterruptedException {
    Target target = Target.parse("http://127.0.0.1:" + turn.port() + "/primecheck");
    LoadResult warm = warmUp(turn, target);
    if (stopped) {
      return warm;
    }
    RunInfo info = info(turn);
    try (var recording = Recording.start(turn.folder(), info, terminal::tell);
        Sampler _ = Sampler.start(Sampler.CADENCE, sources(balancer), recording)) {
      idle(recording, turn, "sampling before the load");
      LoadRun load = LoadRun.prepare(LoadSettings.of(target, plan.schedule()), recording);
      recording.loadStarts(begin(load));
      LoadResult result = LoadLive.until(load, terminal, turn.task() + " ");
      recording.loadEnded(result);
      if (!stopped) {
        idle(recording, turn, "sampling after the load");
      }
      return result;
    }
  }

  private List<SampleSource> sources(Child balancer) {
    var sources = new ArrayList<>(replicas.sources(machine.node()));
    sources.add(ProcessSampler.of("balancer", machine.node(), balancer.process().pid()));
    return sources;
  }

  /// An unrecorded load of the same rate and another seed.
  private LoadResult warmUp(DemoTurn turn, Target target) throws InterruptedException {
    terminal.live(turn.task() + " warming up");
    int count = (int) Math.ceil(plan.lambda() * warmUp.toNanos() / 1e9);
    var schedule = Schedule.ofCount(plan.gaps(), count, ~plan.seed());
    LoadRun load = LoadRun.prepare(LoadSettings.of(target, schedule), _ -> {});
    begin(load);
    return load.await();
  }

  /// A run can be stopped only once it has started: whoever came before that is heeded here.
  private Instant begin(LoadRun load) {
    Instant started = load.start();
    current = load;
    if (stopped) {
      load.stop(DRAIN);
    }
    return started;
  }

  private void idle(Recording recording, DemoTurn turn, String what) throws InterruptedException {
    if (quietRounds == 0) {
      return;
    }
    terminal.live(turn.task() + " " + what);
    recording.awaitSamples(quietRounds * (plan.replicas() + 1), QUIET_MAX);
  }

  private RunInfo info(DemoTurn turn) {
    Instant now = Instant.now();
    var facts = machine.facts();
    facts.put("policy", turn.balancing().label());
    facts.put("replicas", String.valueOf(plan.replicas()));
    facts.put("replica cpus", plan.cpus().toString());
    facts.put("work per request", plan.work().describe());
    facts.put("load", plan.gaps().describe() + ", " + Progress.plain(plan.duration()));
    return new RunInfo(
        turn.name(),
        turn.name(),
        now,
        turn.command(),
        plan.seed(),
        Collections.unmodifiableMap(facts));
  }
}
