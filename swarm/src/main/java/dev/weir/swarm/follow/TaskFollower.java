package dev.weir.swarm.follow;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows services of a swarm: asks a manager at the [PollInterval], and reports each change of
/// the services or their replicas.
///
/// If a manager fails or is slow, the last known replicas stay in use, and [TaskFollower#status]
/// reports their age.
public final class TaskFollower implements AutoCloseable {
  private static final long RESYNC_NANOS = 5_000_000_000L;
  private static final int FILTERED_SERVICES_MAX = 50;

  private final FollowSettings settings;
  private final Managers managers;
  private final ServiceResolver resolver;
  private final PollInterval pace;
  private final Consumer<String> log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final SwarmEvents events;

  private List<ServiceView> services = List.of();
  private List<NodeView> nodes = List.of();
  private volatile List<FollowedService> followed = List.of();
  private volatile boolean stale = true;
  private volatile boolean closed;
  private volatile FollowStatus status;
  private long listedNanos;
  private long respondedNanos = System.nanoTime();
  private long polls;
  private long failures;
  private String lastFailure = "";
  private @Nullable Thread thread;

  private TaskFollower(
      FollowSettings settings, Managers managers, List<String> networks, Consumer<String> log) {
    this.settings = settings;
    this.managers = managers;
    this.log = log;
    this.resolver = new ServiceResolver(settings, networks);
    this.pace =
        settings
            .pollInterval()
            .map(one -> PollInterval.fixed(one.toNanos()))
            .orElseGet(PollInterval::standard);
    this.events = new SwarmEvents(managers::engine, this::happened);
    this.status = new FollowStatus(managers.source(), 0, 0, 0, "", List.of(), List.of());
  }

  /// Asks for the first time. On return, [TaskFollower#services] are known.
  ///
  /// @param addresses the managers to ask, in turn if they fail
  /// @param log takes a line for each failure and each recovery
  /// @throws UserError if a network is unknown, or a named service has wrong settings
  /// @throws EngineException if no manager responds
  public static TaskFollower open(
      FollowSettings settings, List<EngineAddress> addresses, Consumer<String> log) {
    var managers = new Managers(addresses);
    try {
      List<String> networks =
          responded(managers, addresses.size(), () -> networks(settings, managers));
      var follower = new TaskFollower(settings, managers, networks, log);
      responded(managers, addresses.size(), follower::ask);
      List<String> problems = follower.resolver.problems();
      if (!settings.followsLabels() && !problems.isEmpty()) {
        throw new UserError(String.join("\n", problems));
      }
      return follower;
    } catch (RuntimeException e) {
      managers.close();
      throw e;
    }
  }

  private static List<String> networks(FollowSettings settings, Managers managers) {
    if (!settings.networks().isEmpty()) {
      return managers.networks(settings.networks());
    }
    return OwnContainer.id()
        .map(id ->
            managers
                .networksOf(id)
                .orElseThrow(() ->
                    new UserError(
                        ("--network: missing (Weir runs in a container that %s does not know, so"
                                + " its networks are not either: name the one it shares with the"
                                + " services)")
                            .formatted(managers.source()))))
        .orElse(List.of());
  }

  /// Asks one manager after the other until one responds.
  private static <T> T responded(Managers managers, int count, Supplier<T> question) {
    for (int tried = 1; ; tried++) {
      try {
        return question.get();
      } catch (EngineException e) {
        if (tried >= count) {
          throw e;
        }
        managers.next();
      }
    }
  }

  /// The services as last seen.
  public List<FollowedService> services() {
    return followed;
  }

  /// How current its knowledge is.
  public FollowStatus status() {
    FollowStatus now = status;
    return new FollowStatus(
        managers.source(),
        System.nanoTime() - now.staleNanos(),
        now.polls(),
        now.failures(),
        now.lastFailure(),
        now.problems(),
        now.warnings());
  }

  /// Starts to ask regularly.
  ///
  /// @param onChange takes the services after each change, on the follower's own thread
  public void start(Consumer<List<FollowedService>> onChange) {
    events.start();
    thread = Thread.ofPlatform().daemon().name("weir-follow").start(() -> follow(onChange));
  }

  private void happened() {
    lock.lock();
    try {
      stale = true;
      pace.event(System.nanoTime());
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void follow(Consumer<List<FollowedService>> onChange) {
    long lastNanos = System.nanoTime();
    try {
      while (awaitDue(lastNanos)) {
        lastNanos = System.nanoTime();
        poll(onChange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitDue(long lastNanos) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long nowNanos = System.nanoTime();
        long leftNanos = pace.dueNanos(lastNanos, nowNanos) - nowNanos;
        if (leftNanos <= 0) {
          return true;
        }
        long _ = wake.awaitNanos(leftNanos);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void poll(Consumer<List<FollowedService>> onChange) {
    List<FollowedService> before = followed;
    try {
      var _ = ask();
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    try {
      if (!followed.equals(before)) {
        onChange.accept(followed);
      }
    } catch (RuntimeException e) {
      log.accept("services: %s; the last known replicas stay in use".formatted(e.getMessage()));
    }
  }

  private void failed(RuntimeException e) {
    failures++;
    polls++;
    if (closed) {
      return;
    }
    boolean first = lastFailure.isEmpty();
    lastFailure = String.valueOf(e.getMessage());
    publish();
    if (first) {
      log.accept("%s; the last known replicas stay in use".formatted(e.getMessage()));
    }
    stale = true;
    managers.next();
  }

  private List<FollowedService> ask() {
    if (stale || System.nanoTime() - listedNanos >= RESYNC_NANOS) {
      list();
    }
    List<TaskView> tasks = tasks();
    long nowNanos = System.nanoTime();
    polls++;
    respondedNanos = nowNanos;
    if (!lastFailure.isEmpty()) {
      log.accept(managers.source() + ": responds again");
      lastFailure = "";
    }
    followed = resolver.apply(new SwarmView(services, nodes, tasks), nowNanos);
    publish();
    return followed;
  }

  private void list() {
    stale = false; // later events set it again
    services = managers.services(settings);
    nodes = managers.nodes();
    listedNanos = System.nanoTime();
  }

  /*
   * A filter with a removed service gets a 404, even if the others exist; then at least one service
   * is gone.
   */
  private List<TaskView> tasks() {
    for (int tries = 0; ; tries++) {
      List<String> ids = ids();
      if (ids.isEmpty()) {
        return List.of();
      }
      try {
        return managers.tasks(ids.size() <= FILTERED_SERVICES_MAX ? ids : List.of());
      } catch (EngineException e) {
        if (e.reason() != Reason.NOT_FOUND || tries >= 3) {
          throw e;
        }
        list();
      }
    }
  }

  private List<String> ids() {
    var ids = new ArrayList<String>();
    for (ServiceView service : services) {
      if (settings.followsLabels() || settings.services().containsKey(service.name())) {
        ids.add(service.id());
      }
    }
    return ids;
  }

  private void publish() {
    FollowStatus before = status;
    // Stores the instant of the response, because the age grows.
    status =
        new FollowStatus(
            "",
            respondedNanos,
            polls,
            failures,
            lastFailure,
            resolver.problems(),
            resolver.warnings());
    reportNew(before.problems(), status.problems());
    reportNew(before.warnings(), status.warnings());
  }

  private void reportNew(List<String> before, List<String> now) {
    now.stream().filter(line -> !before.contains(line)).forEach(log);
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
    events.close();
    managers.close();
    Thread running = thread;
    if (running != null && running != Thread.currentThread()) {
      try {
        running.join(5000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
