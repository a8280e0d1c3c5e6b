package dev.weir.cli;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Schedule;
import dev.weir.load.LoadResult;
import dev.weir.load.LoadRun;
import dev.weir.load.LoadSettings;
import dev.weir.observe.wire.HttpText;
import dev.weir.run.RunInfo;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceVariation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A comparison on a service of a swarm, which is changed before each run and put back at the end.
final class CompareSwarm implements CompareGround {
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Duration TASKS_MAX = Duration.ofMinutes(5);

  /// A balancer follows labels within a second or two; where it cannot be asked, this is allowed.
  private static final Duration UNSEEN = Duration.ofSeconds(5);

  /// New replicas have been found, probed, and given their full share by then.
  private static final Duration SETTLE = Duration.ofSeconds(12);

  private static final Duration SEEN_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int CALIBRATION = 30;
  private static final Duration CALIBRATION_MAX = Duration.ofSeconds(20);

  private final Engine engine;
  private final String service;
  private final CompareService options;
  private final GapLaw gaps;
  private final Duration duration;
  private final SampledNodes nodes;
  private final Terminal terminal;
  private final ServiceVariation variation;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Optional<Consumer<ServiceTime>> asked;
  private @Nullable CompareVariant applied;
  private boolean triedToPutBack;
  private volatile boolean leftChanged;
  private boolean unseenTold;
  private volatile @Nullable LoadRun current;

  /// @param options aimed at the service's entrance
  /// @param asked is told what a request takes by itself, which is then measured before all runs
  CompareSwarm(
      Engine engine,
      String service,
      CompareService options,
      GapLaw gaps,
      Duration duration,
      Optional<Consumer<ServiceTime>> asked,
      Terminal terminal) {
    this.engine = engine;
    this.service = service;
    this.options = options;
    this.gaps = gaps;
    this.duration = duration;
    this.nodes = options.nodes(engine);
    this.asked = asked;
    this.terminal = terminal;
    this.variation = ServiceVariation.of(engine, service);
  }

  @Override
  public LoadResult run(CompareTurn turn) throws InterruptedException {
    calibrate();
    apply(turn.variant(), turn.task());
    terminal.live(turn.task() + " warming up");
    Duration before = CompareLocal.warmUp(duration);
    int count = (int) Math.ceil(gaps.ratePerSecond() * before.toNanos() / 1e9);
    LoadResult warm = quietly(Schedule.ofCount(gaps, count, ~turn.scheduleSeed()));
    if (isStopping()) {
      return warm;
    }
    Schedule schedule = Schedule.ofDuration(gaps, duration, turn.scheduleSeed());
    Duration cadence = options.sampling().cadence();
    try (LabRun lab =
        LabRun.start(
            turn.folder(),
            info(turn, schedule),
            nodes,
            cadence,
            Optional.of(engine),
            Optional.empty(),
            terminal)) {
      lab.settle(turn.task() + " sampling before the load");
      if (isStopping()) {
        return warm;
      }
      LoadRun load = LoadRun.prepare(options.http().settings(schedule), lab.recording());
      lab.recording().loadStarts(begin(load));
      LoadResult result = LoadLive.until(load, terminal, turn.task() + " ");
      lab.recording().loadEnded(result);
      return result;
    }
  }

  @Override
  public void stop() {
    stopping.countDown();
    LoadRun load = current;
    if (load != null) {
      load.stop(DRAIN);
    }
    // At once: what else there is to end and to report takes longer than an interrupted process
    // has.
    putBack();
  }

  @Override
  public void close() {
    putBack();
  }

  @Override
  public boolean isLeftChanged() {
    return leftChanged;
  }

  /// Whoever comes second waits until it is done.
  private synchronized void putBack() {
    if (triedToPutBack) {
      return;
    }
    triedToPutBack = true;
    try {
      if (variation.restore()) {
        terminal.tell("weir: " + service + " is put back as it was found");
      }
    } catch (EngineException | IllegalStateException e) {
      leftChanged = true;
      terminal.tell(
          "weir: %s is still changed: %s; it was: %s; put it back with: %s"
              .formatted(
                  service,
                  e.getMessage(),
                  variation.found().describe(),
                  variation.restoringCommand()));
    }
  }

  /// Sends a few requests so far apart that they do not wait for one another.
  private void calibrate() throws InterruptedException {
    if (asked.isEmpty() || isStopping()) {
      return;
    }
    double perSecond =
        Math.max(gaps.ratePerSecond() / 10, CALIBRATION / (double) CALIBRATION_MAX.toSeconds());
    terminal.live("measuring what a request takes by itself");
    LoadResult result = quietly(Schedule.ofCount(new Constant(1 / perSecond), CALIBRATION, 1));
    ServiceTime.of(result).ifPresent(asked.get());
    asked = Optional.empty();
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private LoadResult quietly(Schedule schedule) throws InterruptedException {
    LoadSettings settings = options.http().settings(schedule);
    LoadRun load = LoadRun.prepare(settings, _ -> {});
    begin(load);
    return load.await();
  }

  private Instant begin(LoadRun load) {
    Instant started = load.start();
    current = load;
    if (isStopping()) {
      load.stop(DRAIN);
    }
    return started;
  }

  private void apply(CompareVariant variant, String task) throws InterruptedException {
    if (variant.equals(applied) || isStopping()) {
      return;
    }
    if (applied == null) {
      terminal.tell("weir: %s as found: %s".formatted(service, variation.found().describe()));
    }
    terminal.live(task + " changing " + service);
    applied = variant;
    switch (variant) {
      case CompareVariant.Policy(var policy) -> {
        variation.policy(policy.label());
        awaitPolicy(policy.label());
      }
      case CompareVariant.Image(var image) -> {
        variation.image(image);
        awaitTasks();
      }
      case CompareVariant.Count(var replicas) -> {
        variation.replicas(replicas);
        awaitTasks();
      }
    }
  }

  private void awaitTasks() throws InterruptedException {
    variation.awaitTasks(TASKS_MAX, this::isStopping);
    boolean _ = stopping.await(SETTLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void awaitPolicy(String policy) throws InterruptedException {
    Optional<URI> status = options.statusUrl();
    if (status.isPresent()) {
      long deadlineNanos = System.nanoTime() + SEEN_MAX.toNanos();
      while (System.nanoTime() < deadlineNanos && !isStopping()) {
        if (policyAt(status.get()).filter(policy::equals).isPresent()) {
          return;
        }
        boolean _ = stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    if (!unseenTold && !isStopping()) {
      unseenTold = true;
      terminal.tell(
          status.isPresent()
              ? "weir: %s does not show %s's policy; runs begin all the same"
                  .formatted(status.get(), service)
              : "weir: whether the balancer took a policy cannot be seen without --status-url; it gets"
                  + " %s for it".formatted(Progress.plain(UNSEEN)));
    }
    boolean _ = stopping.await(UNSEEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The policy of the service by the balancer's own account.
  private Optional<String> policyAt(URI status) {
    try {
      String page = HttpText.of(Optional.empty(), Duration.ofSeconds(2)).get(status);
      return policyIn(page, service);
    } catch (IOException _) {
      // Not there, or not yet: the caller asks again, for a bounded time.
      return Optional.empty();
    }
  }

  /// Of a balancer with several services the one of that name; of one without names, its only one.
  static Optional<String> policyIn(String page, String service) {
    String name = "\"name\"\\s*:\\s*\"" + Pattern.quote(service) + "\"";
    boolean named = Pattern.compile(name).matcher(page).find();
    Pattern policy =
        Pattern.compile(
            (named ? name + ".*?" : "") + "\"policy\"\\s*:\\s*\"([a-z-]+)\"", Pattern.DOTALL);
    Matcher found = policy.matcher(page);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private RunInfo info(CompareTurn turn, Schedule schedule) {
    var facts = new LinkedHashMap<>(Machine.local().facts());
    facts.put("service", service);
    facts.put("variant", turn.variant().label());
    facts.put("target", options.http().describe());
    facts.put("load", schedule.describe());
    facts.put("sampled", nodes.describe());
    return new RunInfo(
        turn.label(), turn.label(), Instant.now(), turn.command(), turn.scheduleSeed(), facts);
  }
}
