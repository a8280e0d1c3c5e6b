package dev.weir.console.source;

import dev.weir.console.action.ConsoleActions;
import dev.weir.console.model.Picture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads managers, balancers and agents, and publishes a picture of them once a second, or sooner
/// after a change of the swarm.
///
/// Three threads share the work, so that a slow manager does not delay the figures of balancers:
/// [SwarmWatcher] reads the swarm, short threads read balancers and agents, and one makes pictures.
/// Each measures its CPU time, and waits longer where it would take more than about two percent of
/// a core.
public final class ConsoleSource implements AutoCloseable {
  private static final double SHARE = .008;
  private static final long STEADY_NANOS = 1_000_000_000L;
  private static final long SOON_NANOS = 500_000_000L;
  private static final int EVENTS_KEPT = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SourceSettings settings;
  private final Consumer<Picture> hub;
  private final PictureBuilder builder;
  private final LongSupplier clock = System::currentTimeMillis;
  private final @Nullable SwarmWatcher watcher;
  private final Balancers balancers;
  private final UsageBook usage;
  private final DecisionBook decisions = new DecisionBook();
  private final Numbered<EventSeen> events = new Numbered<>(EVENTS_KEPT);
  private final SeriesBook series = new SeriesBook();
  private final Predictions predictions = new Predictions();
  private final Map<String, Long> downMillis = new HashMap<>();
  private final Map<String, Boolean> awayBalancers = new LinkedHashMap<>();
  private final SourceActions actions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private volatile @Nullable View view;
  private SwarmSeen compared = SwarmSeen.NONE;
  private boolean wasAway;
  private boolean changed;
  private volatile boolean closed;
  private @Nullable Thread thread;

  private ConsoleSource(SourceSettings settings, Consumer<Picture> hub) {
    this.settings = settings;
    this.hub = hub;
    this.builder = new PictureBuilder(settings.version());
    this.watcher =
        settings.managers().isEmpty()
            ? null
            : new SwarmWatcher(new SwarmReader(settings.managers(), clock), this::nudge);
    this.balancers = new Balancers(settings.balancers(), clock);
    this.usage = new UsageBook(settings.usage(), clock);
    this.actions = new SourceActions(settings, watcher, () -> view, series, decisions, events);
  }

  /// Starts to read.
  ///
  /// @param hub takes the pictures, on the source's own thread
  public static ConsoleSource start(SourceSettings settings, Consumer<Picture> hub) {
    var source = new ConsoleSource(settings, hub);
    if (source.watcher != null) {
      source.watcher.start();
    }
    source.thread = Thread.ofPlatform().daemon().name("weir-console-picture").start(source::run);
    return source;
  }

  /// What the page may ask for beside pictures.
  public ConsoleActions actions() {
    return actions;
  }

  private void nudge() {
    lock.lock();
    try {
      changed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var budget = new PollBudget(SHARE, STEADY_NANOS, SOON_NANOS, System.nanoTime());
    try {
      do {
        long cpuNanos = THREADS.getCurrentThreadCpuTime();
        publish();
        budget.polled(THREADS.getCurrentThreadCpuTime() - cpuNanos, System.nanoTime());
      } while (awaitDue(budget));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns false at the end.
  private boolean awaitDue(PollBudget budget) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long leftNanos = budget.dueNanos(changed) - System.nanoTime();
        if (leftNanos <= 0) {
          changed = false;
          return true;
        }
        long _ = wake.awaitNanos(leftNanos);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void publish() {
    try {
      View next = look();
      view = next;
      series.add(figures(next), next.nowMillis());
      hub.accept(builder.of(next));
    } catch (RuntimeException e) {
      events.add(
          EventSeen.error(
              clock.getAsLong(), "console", "", "no picture: defect: " + SwarmReader.words(e)));
    }
  }

  private View look() {
    long nowMillis = clock.getAsLong();
    SwarmSeen swarm = watcher == null ? SwarmSeen.NONE : watcher.latest();
    String failure = watcher == null ? "" : watcher.failure();
    balancers.follow(swarm);
    balancers.ask();
    usage.ask();
    List<BalancerSeen> seen = balancers.seen();
    decisions.take(swarm, seen, balancers.takeEarlier());
    note(swarm, failure, seen, nowMillis);
    Map<String, ServiceLoadSeen> loads = ServiceLoadSeen.of(seen, nowMillis);
    return new View(
        nowMillis,
        swarm,
        failure,
        watcher != null,
        settings.writes(),
        seen,
        loads,
        usage.latest(),
        predictions.of(loads, nowMillis),
        Map.copyOf(downMillis),
        decisions.all(),
        events.all());
  }

  private void note(SwarmSeen swarm, String failure, List<BalancerSeen> seen, long nowMillis) {
    if (swarm.readMillis() != compared.readMillis()) {
      new SwarmDifferences(compared, swarm).events().forEach(events::add);
      compared = swarm;
      noteDown(swarm, nowMillis);
    }
    boolean isAway = !failure.isEmpty();
    if (isAway != wasAway) {
      wasAway = isAway;
      events.add(
          isAway
              ? EventSeen.error(nowMillis, "manager", "cluster", "no manager responds: " + failure)
              : EventSeen.info(
                  nowMillis, "manager", "cluster", swarm.source() + " responds again"));
    }
    noteBalancers(seen, nowMillis);
  }

  private void noteDown(SwarmSeen swarm, long nowMillis) {
    for (NodeSeen node : swarm.nodes()) {
      if (node.isReady()) {
        downMillis.remove(node.id());
      } else {
        long written = node.updatedMillis();
        downMillis.putIfAbsent(
            node.id(), written > 0 && written <= nowMillis ? written : nowMillis);
      }
    }
    downMillis.keySet().retainAll(swarm.nodesById().keySet());
  }

  private void noteBalancers(List<BalancerSeen> seen, long nowMillis) {
    awayBalancers.keySet().retainAll(seen.stream().map(BalancerSeen::name).toList());
    for (BalancerSeen one : seen) {
      boolean isAway = one.knownMillis() > 0 && !one.failure().isEmpty();
      Boolean before = awayBalancers.put(one.name(), isAway);
      if (before != null && before != isAway) {
        String subject = "balancer/" + one.name();
        events.add(
            isAway
                ? EventSeen.warning(
                    nowMillis,
                    "balancer",
                    subject,
                    "balancer %s does not respond: %s".formatted(one.name(), one.failure()))
                : EventSeen.info(
                    nowMillis,
                    "balancer",
                    subject,
                    "balancer %s responds again".formatted(one.name())));
      }
    }
  }

  private static Map<String, SeriesBook.Figures> figures(View view) {
    var all = new LinkedHashMap<String, SeriesBook.Figures>();
    Map<String, List<TaskSeen>> tasks = view.swarm().tasksByService();
    for (ServiceSeen service : view.swarm().services()) {
      double running =
          tasks.getOrDefault(service.id(), List.of()).stream().filter(TaskSeen::isRunning).count();
      all.put(service.id(), figures(view.loads().get(service.name()), running, service.replicas()));
    }
    view.loads()
        .forEach((name, load) -> {
          if (view.swarm().services().stream().noneMatch(one -> one.name().equals(name))) {
            all.put(
                ServiceEntities.staticId(name),
                figures(load, load.replicas().size(), load.replicas().size()));
          }
        });
    return all;
  }

  private static SeriesBook.Figures figures(
      @Nullable ServiceLoadSeen load, double running, double desired) {
    double wanted = desired < 0 ? Double.NaN : desired;
    if (load == null) {
      double none = Double.NaN;
      return new SeriesBook.Figures(none, none, none, none, none, running, wanted);
    }
    List<DecisionSeen> decided = load.scale().decisions();
    return new SeriesBook.Figures(
        load.arrivals(),
        load.queued(),
        load.inFlight(),
        load.latency().quantile(.5),
        load.latency().quantile(.99),
        running,
        decided.isEmpty() ? wanted : decided.getLast().to());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
    if (watcher != null) {
      watcher.close();
    }
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
