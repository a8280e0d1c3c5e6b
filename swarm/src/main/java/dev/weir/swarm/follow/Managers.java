package dev.weir.swarm.follow;

import dev.weir.base.Ticker;
import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The managers of a swarm. One is asked until it fails, then the next.
///
/// Each request has its own time limit, so a slow manager only delays discovery and a dead one is
/// noticed. Connecting has the limits of [Engine#connect].
final class Managers implements AutoCloseable {
  private static final long RESPONSE_NANOS_MAX = 3_000_000_000L;
  private static final long WATCH_MILLIS = 500;

  private final List<EngineAddress> addresses;
  private final Ticker ticker;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-follow-watch").factory());
  private volatile int current;
  private volatile @Nullable Engine engine;
  private volatile @Nullable Question asked;
  private volatile boolean closed;

  Managers(List<EngineAddress> addresses) {
    this(addresses, System::nanoTime);
    var _ =
        watch.scheduleWithFixedDelay(
            this::cutIfStuck, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Managers whose requests only [#cutIfStuck] cuts.
  Managers(List<EngineAddress> addresses, Ticker ticker) {
    this.addresses = List.copyOf(addresses);
    this.ticker = ticker;
  }

  /*
   * Connecting may take many seconds, so it holds no lock: meanwhile others can turn to the next
   * manager. If two connect at once, the second uses the first one's connection.
   */
  /// The manager in use, connected.
  ///
  /// @throws EngineException if it does not respond
  Engine engine() {
    while (true) {
      Engine present = engine;
      if (present != null) {
        return present;
      }
      int chosen = current;
      Engine connected = Engine.connect(addresses.get(chosen));
      if (becomes(connected, chosen)) {
        return connected;
      }
      connected.close();
    }
  }

  /// Makes `connected` the manager in use and returns whether that worked. After the end it is
  /// closed and the call fails.
  private synchronized boolean becomes(Engine connected, int chosen) {
    if (closed) {
      connected.close();
      return true;
    }
    if (engine != null || chosen != current) {
      return false;
    }
    engine = connected;
    return true;
  }

  /// The address of the manager in use.
  String source() {
    return addresses.get(current).toString();
  }

  /// Turns to the next manager.
  synchronized void next() {
    cut();
    current = (current + 1) % addresses.size();
  }

  private synchronized void cut() {
    Engine present = engine;
    engine = null;
    if (present != null) {
      present.close();
    }
  }

  /// Cuts a request that has waited too long for its response.
  void cutIfStuck() {
    Question under = asked;
    if (under != null && ticker.nanos() - under.sinceNanos() > RESPONSE_NANOS_MAX) {
      under.of().close();
      forget(under.of());
    }
  }

  private synchronized void forget(Engine cut) {
    if (cut.equals(engine)) {
      engine = null;
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    synchronized (this) {
      closed = true;
      cut();
    }
  }

  private JsonNode ask(String path) {
    return ask(of -> of.get(path));
  }

  private <T> T ask(Function<Engine, T> question) {
    Engine of = engine();
    asked = new Question(of, ticker.nanos());
    try {
      return question.apply(of);
    } finally {
      asked = null;
    }
  }

  List<ServiceView> services(FollowSettings settings) {
    Filters filters = Filters.none();
    if (settings.followsLabels()) {
      filters.and("label", ServiceLabels.PORT);
    } else {
      settings.services().keySet().forEach(name -> filters.and("name", name));
    }
    return ask(of -> of.list("/services", filters.query(), ServiceView::of));
  }

  List<NodeView> nodes() {
    return ask(of -> of.list("/nodes", Map.of(), NodeView::of));
  }

  /// The tasks that are meant to run.
  ///
  /// @param serviceIds only of these services; empty for all
  List<TaskView> tasks(List<String> serviceIds) {
    Filters filters = Filters.of("desired-state", "running");
    serviceIds.forEach(id -> filters.and("service", id));
    return ask(of -> of.list("/tasks", filters.query(), TaskView::of));
  }

  /// The ids of the networks with these names.
  ///
  /// @throws UserError if a name is unknown
  List<String> networks(List<String> names) {
    return names.stream().map(this::network).toList();
  }

  private String network(String name) {
    try {
      return ask("/networks/" + name).path("Id").asString("");
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      throw new UserError(
          "--network: %s (expected: an overlay network; docker network ls lists them)"
              .formatted(name),
          e);
    }
  }

  /// The ids of a container's networks: from its task, which any manager knows, or else from the
  /// machine that is asked; empty if neither knows it.
  Optional<List<String>> networksOf(String containerId) {
    Optional<TaskView> own = task(containerId);
    if (own.isPresent()) {
      return Optional.of(List.copyOf(own.get().addresses().keySet()));
    }
    try {
      JsonNode container = ask("/containers/" + containerId + "/json");
      return Optional.of(
          container.path("NetworkSettings").path("Networks").properties().stream()
              .filter(network -> !network.getKey().equals("ingress"))
              .map(network -> network.getValue().path("NetworkID").asString(""))
              .filter(id -> !id.isEmpty())
              .toList());
    } catch (EngineException e) {
      // A socket proxy may refuse this request.
      if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.REFUSED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// The task that runs in a container; other tasks are not kept.
  private Optional<TaskView> task(String containerId) {
    Map<String, String> running = Filters.of("desired-state", "running").query();
    return ask(of -> of.list("/tasks", running, task -> in(containerId, task))).stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<TaskView> in(String containerId, JsonNode task) {
    JsonNode container = task.path("Status").path("ContainerStatus").path("ContainerID");
    return container.asString("").equals(containerId)
        ? Optional.of(TaskView.of(task))
        : Optional.empty();
  }

  /// A request under way.
  private record Question(Engine of, long sinceNanos) {}
}
