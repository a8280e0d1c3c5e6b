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

/// The managers of a swarm, of which one is asked until it fails, and then the next.
///
/// Each question has a time of its own to get a response in, so that a slow manager is followed
/// slowly and one that vanished without a word is found out. Connecting has the limits of
/// [Engine#connect].
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

  /// Managers whose questions are cut only by [#cutIfStuck].
  Managers(List<EngineAddress> addresses, Ticker ticker) {
    this.addresses = List.copyOf(addresses);
    this.ticker = ticker;
  }

  /*
   * No lock is held while connecting, which may take many seconds: others then can turn to the next
   * manager and ask that one. Of two that connect at once the second takes what the first has got.
   */
  /// The one to ask now, connected.
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

  /// Whether it is now the one to ask. One connected after the end is closed, and says so.
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

  /// Where the one to ask listens.
  String source() {
    return addresses.get(current).toString();
  }

  /// Turns to the next.
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

  /// Cuts a question that has waited too long for its response.
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
  /// @param serviceIds of these services only; empty for all
  List<TaskView> tasks(List<String> serviceIds) {
    Filters filters = Filters.of("desired-state", "running");
    serviceIds.forEach(id -> filters.and("service", id));
    return ask(of -> of.list("/tasks", filters.query(), TaskView::of));
  }

  /// The ids of the networks of these names.
  ///
  /// @throws UserError if there is none of a name
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

  /// The ids of the networks of a container: of the task that runs in it, which any manager knows,
  /// or else as the machine that is asked reports; empty if neither knows it.
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
      // A proxy before the socket need not let such a question pass.
      if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.REFUSED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// The task that runs in a container; of the others nothing is kept.
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

  /// A question under way.
  private record Question(Engine of, long sinceNanos) {}
}
