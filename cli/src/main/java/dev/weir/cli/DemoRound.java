package dev.weir.cli;

import dev.weir.arrivals.Poisson;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One policy's turn in the demo: a balancer of its own before the same replicas, the same
/// schedule, and everything recorded.
final class DemoRound {
  /// Connections, code and clocks are warm before anything is recorded.
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /// Samples from before the load and after it, so that its charts show where they come from.
  private static final int QUIET_ROUNDS = 2;

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
  private volatile @Nullable LoadRun current;
  private volatile boolean stopped;

  DemoRound(
      Children family, DemoReplicas replicas, DemoPlan plan, Terminal terminal, Machine machine) {
    this.family = family;
    this.replicas = replicas;
    this.plan = plan;
    this.terminal = terminal;
    this.machine = machine;
  }

  /// Runs one policy and leaves its run in `folder`.
  ///
  /// @param port the balancer's; its admin port is the next one
  LoadResult run(String policy, int port, int adminPort, Path folder, String command)
      throws InterruptedException {
    Child balancer =
        family.start(
            "balancer-" + policy,
            JVM,
            Weir.class.getName(),
            flags(policy, port, adminPort),
            "weir");
    try {
      return record(policy, balancer, port, folder, command);
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

  private List<String> flags(String policy, int port, int adminPort) {
    var flags = new ArrayList<>(List.of("balance"));
    flags.addAll(replicas.backendFlags());
    flags.addAll(List.of("--policy", policy, "--served-by", "--until-stdin-closes"));
    flags.addAll(List.of("--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:" + adminPort));
    return flags;
  }

  private LoadResult record(String policy, Child balancer, int port, Path folder, String command)
      throws InterruptedException {
    Target target = Target.parse("http://127.0.0.1:" + port + "/primecheck");
    warmUp(policy, target);
    RunInfo info = info(policy, command);
    try (var recording = Recording.start(folder, info, terminal::tell);
        Sampler _ = Sampler.start(Sampler.CADENCE, sources(balancer), recording)) {
      idle(recording, policy, "sampling before the load");
      LoadRun load = LoadRun.prepare(LoadSettings.of(target, plan.schedule()), recording);
      recording.loadStarts(load.start());
      current = load;
      LoadResult result = LoadLive.until(load, terminal, label(policy) + " ");
      recording.loadEnded(result);
      if (!stopped) {
        idle(recording, policy, "sampling after the load");
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
  private void warmUp(String policy, Target target) throws InterruptedException {
    terminal.live(label(policy) + " warming up");
    var schedule = Schedule.ofDuration(new Poisson(plan.lambda()), WARM_UP, ~plan.seed());
    LoadRun load = LoadRun.prepare(LoadSettings.of(target, schedule), _ -> {});
    current = load;
    load.start();
    load.await();
  }

  private void idle(Recording recording, String policy, String what) throws InterruptedException {
    terminal.live(label(policy) + " " + what);
    recording.awaitSamples(QUIET_ROUNDS * (plan.replicas() + 1), QUIET_MAX);
  }

  private RunInfo info(String policy, String command) {
    Instant now = Instant.now();
    var facts = machine.facts();
    facts.put("policy", policy);
    facts.put("replicas", String.valueOf(plan.replicas()));
    facts.put("replica cpus", plan.cpus().toString());
    facts.put("work per request", DemoPlan.WORK_MILLIS + " ms of CPU on average, exponential");
    facts.put(
        "load",
        String.format(
            Locale.ROOT,
            "Poisson, %s/s, %s",
            DemoPlan.number(plan.lambda()),
            Progress.plain(plan.duration())));
    return new RunInfo(
        policy, policy, now, command, plan.seed(), Collections.unmodifiableMap(facts));
  }

  private static String label(String policy) {
    return "%-11s".formatted(policy);
  }
}
