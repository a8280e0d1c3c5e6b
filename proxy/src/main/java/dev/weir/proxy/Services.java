package dev.weir.proxy;

import dev.weir.base.Ticker;
import dev.weir.proxy.admission.ServicePlan;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.route.RouteTable;
import dev.weir.proxy.service.ManagedService;
import dev.weir.proxy.service.ServiceStatus;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.scale.ServiceLoad;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The services of a proxy, and the order in which a change takes effect: first every event loop
/// prepares, then the balancers get their replicas, then the event loops send requests.
final class Services {
  private static final long FIRST_PROBES_NANOS_MAX = 300_000_000L;
  private static final int SERVICES_MAX = 1000;

  private final ProxySettings settings;
  private final Workers workers;
  private final EventLoop control;
  private final UpstreamConnector connector;
  private final Ticker ticker;
  private final RateLimitedLog log;
  private final Object change = new Object();
  private final List<ManagedService> leaving = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> wakeListener = _ -> {};
  private volatile Map<String, ManagedService> current = Map.of();
  private boolean started;
  private boolean stopped;

  Services(
      ProxySettings settings,
      Workers workers,
      EventLoop control,
      UpstreamConnector connector,
      RateLimitedLog log,
      Ticker ticker) {
    this.settings = settings;
    this.workers = workers;
    this.control = control;
    this.connector = connector;
    this.log = log;
    this.ticker = ticker;
  }

  /// Sets the services. Requests under way for other services or replicas run to their end.
  ///
  /// @throws IllegalArgumentException if two have one name or one route
  void become(List<ServiceSpec> specs) {
    check(specs);
    synchronized (change) {
      if (!stopped) {
        replace(specs);
      }
    }
  }

  private static void check(List<ServiceSpec> specs) {
    if (specs.size() > SERVICES_MAX) {
      throw new IllegalArgumentException(
          "services: %d (expected: <= %d)".formatted(specs.size(), SERVICES_MAX));
    }
    var routes = new RouteTable<String>();
    var names = new HashSet<String>();
    for (ServiceSpec spec : specs) {
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException(
            "service: %s twice (expected: each once)".formatted(spec.name()));
      }
      spec.routes().forEach(rule -> routes.add(rule, spec.name()));
    }
  }

  private void replace(List<ServiceSpec> specs) {
    Map<String, ManagedService> before = current;
    var now = new LinkedHashMap<String, ManagedService>();
    var changed = new ArrayList<ManagedService>();
    for (ServiceSpec spec : specs) {
      ManagedService known = before.get(spec.name());
      if (known == null) {
        known = new ManagedService(spec, settings, control, connector, log, ticker, this::wake);
        changed.add(known);
      } else if (!known.spec().equals(spec)) {
        known.become(spec);
        changed.add(known);
      }
      now.put(spec.name(), known);
    }
    if (changed.isEmpty() && now.size() == before.size()) {
      return;
    }
    var planned = new LinkedHashMap<ManagedService, ServicePlan>();
    now.values().forEach(one -> planned.put(one, one.plan()));
    List<ServicePlan> plans = List.copyOf(planned.values());
    workers.onEach(worker -> worker.services().prepare(plans), () -> {});
    changed.forEach(ManagedService::reportReplicas);
    if (started) {
      begin(changed.stream().filter(one -> !before.containsKey(one.spec().name())).toList());
    }
    current = now;
    List<ManagedService> gone =
        before.values().stream().filter(one -> !planned.containsKey(one)).toList();
    gone.forEach(one -> planned.put(one, one.plan()));
    gone.forEach(ManagedService::leave);
    workers.onEach(
        worker -> worker.services().settle(plans),
        () -> planned.forEach((one, plan) -> one.settled(plan.balancer())));
    gone.forEach(this::leave);
  }

  /// Probes the replicas of new services. They get requests once the first results are known.
  private void begin(Collection<ManagedService> anew) {
    anew.forEach(ManagedService::start);
    long deadlineNanos = ticker.nanos() + FIRST_PROBES_NANOS_MAX;
    anew.forEach(one -> one.awaitProbes(deadlineNanos));
  }

  private void leave(ManagedService gone) {
    gone.become(gone.spec().with(List.of()));
    gone.reportReplicas();
    gone.stop();
    leaving.add(gone);
  }

  /// Sets the replicas of the only service.
  void only(List<ReplicaEndpoint> replicas) {
    synchronized (change) {
      become(current.values().stream().map(one -> one.spec().with(replicas)).toList());
    }
  }

  /// Begins to probe replicas.
  void start() {
    synchronized (change) {
      started = true;
      begin(current.values());
    }
  }

  void stop() {
    synchronized (change) {
      stopped = true;
      current.values().forEach(ManagedService::stop);
    }
  }

  /// Time passes.
  void tick() {
    current.values().forEach(ManagedService::tick);
    leaving.forEach(ManagedService::tick);
    leaving.removeIf(ManagedService::isIdle);
  }

  /// Sets who learns that a request asks a service for a replica.
  void onWake(Consumer<String> listener) {
    wakeListener = listener;
  }

  private void wake(String service) {
    try {
      wakeListener.accept(service);
    } catch (RuntimeException e) {
      log.failure("wake", e);
    }
  }

  /// Says of a service, if it is there, how long requests wait for a replica and why none starts.
  void cold(String service, double holdSeconds, String reason) {
    ManagedService known = current.get(service);
    if (known != null) {
      known.cold(holdSeconds, reason);
    }
  }

  /// What each service's balancer has measured, by name.
  Map<String, ServiceLoad> loads() {
    var loads = new LinkedHashMap<String, ServiceLoad>();
    current.forEach((name, service) -> loads.put(name, service.load(idleSeconds(name))));
    return loads;
  }

  private double idleSeconds(String service) {
    long nowNanos = ticker.nanos();
    return workers.all().stream()
        .map(worker -> worker.services().byName().get(service))
        .filter(Objects::nonNull)
        .mapToDouble(part -> part.use().idleSeconds(nowNanos))
        .min()
        .orElse(0);
  }

  List<ServiceStatus> statuses() {
    return current.values().stream()
        .map(one -> one.status(idleSeconds(one.spec().name())))
        .toList();
  }
}
