package dev.weir.proxy;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The services that a proxy fronts, and the order in which a change to them takes effect: every
/// event loop makes room, the balancers learn of their replicas, the event loops send requests.
final class Services {
  private static final long WORKERS_MILLIS_MAX = 5000;
  private static final long FIRST_PROBES_NANOS_MAX = 300_000_000L;
  private static final int SERVICES_MAX = 1000;

  private final ProxySettings settings;
  private final List<Worker> workers;
  private final EventLoop control;
  private final UpstreamConnector reach;
  private final RateLimitedLog log;
  private final Object change = new Object();
  private final List<ManagedService> leaving = new CopyOnWriteArrayList<>();
  private volatile Map<String, ManagedService> fronted = Map.of();
  private boolean started;
  private boolean stopped;

  Services(
      ProxySettings settings,
      List<Worker> workers,
      EventLoop control,
      UpstreamConnector reach,
      RateLimitedLog log) {
    this.settings = settings;
    this.workers = workers;
    this.control = control;
    this.reach = reach;
    this.log = log;
  }

  /// The services are now these. Requests under way for others, or on other replicas, end.
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
    Map<String, ManagedService> before = fronted;
    var now = new LinkedHashMap<String, ManagedService>();
    var changed = new ArrayList<ManagedService>();
    for (ServiceSpec spec : specs) {
      ManagedService known = before.get(spec.name());
      if (known == null) {
        known = new ManagedService(spec, settings, control, reach, log);
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
    var planned = new LinkedHashMap<ManagedService, ManagedService.Plan>();
    now.values().forEach(one -> planned.put(one, one.plan()));
    List<ManagedService.Plan> plans = List.copyOf(planned.values());
    onWorkers(worker -> worker.prepare(plans), () -> {});
    changed.forEach(ManagedService::reportReplicas);
    if (started) {
      begin(changed.stream().filter(one -> !before.containsKey(one.spec().name())).toList());
    }
    fronted = now;
    List<ManagedService> gone =
        before.values().stream().filter(one -> !planned.containsKey(one)).toList();
    gone.forEach(one -> planned.put(one, one.plan()));
    gone.forEach(ManagedService::leave);
    onWorkers(
        worker -> worker.settle(plans),
        () -> planned.forEach((one, plan) -> one.settled(plan.service())));
    gone.forEach(this::leave);
  }

  /// Probes the replicas of new services; requests come when it is known who accepts them.
  private static void begin(Collection<ManagedService> anew) {
    anew.forEach(ManagedService::start);
    long deadlineNanos = System.nanoTime() + FIRST_PROBES_NANOS_MAX;
    anew.forEach(one -> one.awaitProbes(deadlineNanos));
  }

  private void leave(ManagedService gone) {
    gone.become(gone.spec().with(List.of()));
    gone.reportReplicas();
    gone.stop();
    leaving.add(gone);
  }

  /// Returns when all have done it, or after a while; `whenAllHave` runs at the latest of them,
  /// however late that is.
  private void onWorkers(Consumer<Worker> task, Runnable whenAllHave) {
    var done = new CountDownLatch(workers.size());
    var left = new AtomicInteger(workers.size());
    for (Worker worker : workers) {
      worker
          .loop()
          .execute(() -> {
            task.accept(worker);
            if (left.decrementAndGet() == 0) {
              whenAllHave.run();
            }
            done.countDown();
          });
    }
    boolean _ = ProxyServer.await(done, WORKERS_MILLIS_MAX);
  }

  /// The replicas of the only service are now these.
  void only(List<ReplicaEndpoint> replicas) {
    synchronized (change) {
      become(fronted.values().stream().map(one -> one.spec().with(replicas)).toList());
    }
  }

  /// Begins to probe replicas.
  void start() {
    synchronized (change) {
      started = true;
      begin(fronted.values());
    }
  }

  void stop() {
    synchronized (change) {
      stopped = true;
      fronted.values().forEach(ManagedService::stop);
    }
  }

  /// Time passes.
  void tick() {
    fronted.values().forEach(ManagedService::tick);
    leaving.forEach(ManagedService::tick);
    leaving.removeIf(ManagedService::isIdle);
  }

  List<ServiceStatus> statuses() {
    return fronted.values().stream().map(ManagedService::status).toList();
  }
}
