package dev.weir.lab.local;

import dev.weir.arrivals.Schedule;
import dev.weir.lab.local.ChildProcesses.Child;
import dev.weir.lab.record.FolderName;
import dev.weir.lab.record.LoadLive;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.record.Recording;
import dev.weir.load.http.Target;
import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadRun;
import dev.weir.load.send.LoadSettings;
import dev.weir.observe.ProcessSampler;
import dev.weir.observe.SampleSource;
import dev.weir.observe.Sampler;
import dev.weir.run.RunInfo;
import dev.weir.sim.Variant;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one policy on this machine and records it: a balancer of its own in front of the same
/// replicas, under the same schedule.
public final class LocalTrialRun {
  /// Warms connections, code and clocks before the recording.
  public static final Duration WARM_UP = Duration.ofSeconds(3);

  /// Samples before and after the load, so that charts show the idle level.
  public static final int QUIET_ROUNDS = 2;

  private static final Duration DRAIN = Duration.ofSeconds(1);

  private static final Duration QUIET_MAX = Duration.ofSeconds(10);

  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String mainClass;
  private final ChildProcesses family;
  private final LocalReplicas replicas;
  private final LocalPlan plan;
  private final Terminal terminal;
  private final MachineInfo machine;
  private final Duration warmUp;
  private final int quietRounds;
  private volatile @Nullable LoadRun current;
  private volatile boolean stopped;

  /// @param mainClass of the process that runs `weir balance`
  /// @param warmUp the length of an unrecorded load before
  /// @param quietRounds samples of every process before and after the load
  public LocalTrialRun(
      String mainClass,
      ChildProcesses family,
      LocalReplicas replicas,
      LocalPlan plan,
      Terminal terminal,
      Duration warmUp,
      int quietRounds) {
    this.mainClass = mainClass;
    this.family = family;
    this.replicas = replicas;
    this.plan = plan;
    this.terminal = terminal;
    this.machine = MachineInfo.local();
    this.warmUp = warmUp;
    this.quietRounds = quietRounds;
  }

  /// Runs one policy and records it in the trial's folder.
  public LoadResult run(LocalTrial trial) throws InterruptedException {
    String name = "balancer-" + FolderName.of(trial.balancing().label());
    Child balancer = family.start(name, JVM, mainClass, flags(trial), "weir");
    try {
      return record(trial, balancer);
    } finally {
      family.stop(balancer);
    }
  }

  /// Ends the current load and prevents later ones; the record so far is kept.
  public void stop() {
    stopped = true;
    LoadRun load = current;
    if (load != null) {
      load.stop(DRAIN);
    }
  }

  /// Whether it was stopped.
  public boolean isStopped() {
    return stopped;
  }

  private List<String> flags(LocalTrial trial) {
    var flags = new ArrayList<>(List.of("balance"));
    flags.addAll(replicas.replicaFlags());
    Variant balancing = trial.balancing();
    flags.addAll(
        List.of("--policy", balancing.policy().label(), "--limit", balancing.limit().label()));
    flags.addAll(List.of("--served-by", "--until-stdin-closes"));
    flags.addAll(
        List.of(
            "--listen", "127.0.0.1:" + trial.port(), "--admin", "127.0.0.1:" + trial.adminPort()));
    return flags;
  }

  private LoadResult record(LocalTrial trial, Child balancer) throws InterruptedException {
    Target target = Target.parse("http://127.0.0.1:" + trial.port() + "/primecheck");
    LoadResult warm = warmUp(trial, target);
    if (stopped) {
      return warm;
    }
    RunInfo info = info(trial);
    try (var recording = Recording.start(trial.folder(), info, terminal::report);
        Sampler _ = Sampler.start(Sampler.CADENCE, sources(balancer), recording)) {
      idle(recording, trial, "sampling before the load");
      LoadRun load = LoadRun.prepare(LoadSettings.of(target, plan.schedule()), recording);
      recording.loadStarts(begin(load));
      LoadResult result = LoadLive.until(load, terminal, trial.task() + " ");
      recording.loadEnded(result);
      if (!stopped) {
        idle(recording, trial, "sampling after the load");
      }
      return result;
    }
  }

  private List<SampleSource> sources(Child balancer) {
    var sources = new ArrayList<>(replicas.sources(machine.node()));
    sources.add(ProcessSampler.of("balancer", machine.node(), balancer.process().pid()));
    return sources;
  }

  /// Sends an unrecorded load of the same rate and another seed.
  private LoadResult warmUp(LocalTrial trial, Target target) throws InterruptedException {
    terminal.live(trial.task() + " warming up");
    int count = (int) Math.ceil(plan.lambda() * warmUp.toNanos() / 1e9);
    var schedule = Schedule.ofCount(plan.gaps(), count, ~plan.seed());
    LoadRun load = LoadRun.prepare(LoadSettings.of(target, schedule), _ -> {});
    begin(load);
    return load.await();
  }

  /// A run can be stopped only after its start; this honours an earlier stop.
  private Instant begin(LoadRun load) {
    Instant started = load.start();
    current = load;
    if (stopped) {
      load.stop(DRAIN);
    }
    return started;
  }

  private void idle(Recording recording, LocalTrial trial, String what)
      throws InterruptedException {
    if (quietRounds == 0) {
      return;
    }
    terminal.live(trial.task() + " " + what);
    recording.awaitSamples(quietRounds * (plan.replicas() + 1), QUIET_MAX);
  }

  private RunInfo info(LocalTrial trial) {
    Instant now = Instant.now();
    var facts = machine.facts();
    facts.put("policy", trial.balancing().label());
    facts.put("replicas", String.valueOf(plan.replicas()));
    facts.put("replica cpus", plan.cpus().toString());
    facts.put("work per request", plan.work().describe());
    facts.put("load", plan.gaps().describe() + ", " + Progress.plain(plan.duration()));
    return new RunInfo(
        trial.name(),
        trial.name(),
        now,
        trial.command(),
        plan.seed(),
        Collections.unmodifiableMap(facts));
  }
}
