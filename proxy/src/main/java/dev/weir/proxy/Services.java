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
  private static final long LANES_MILLIS_MAX = 5000;
  private static final long FIRST_PROBES_NANOS_MAX = 300_000_000L;
  private static final int SERVICES_MAX = 1000;

  private final ProxySettings settings;
  private final List<Lane> lanes;
  private final EventLoop control;
  private final Reach reach;
  private final LimitedLog log;
  private final Object change = new Object();
  private final List<Fronted> leaving = new CopyOnWriteArrayList<>();
  private volatile Map<String, Fronted> fronted = Map.of();
  private boolean started;
  private boolean stopped;

  Services(
      ProxySettings settings, List<Lane> lanes, EventLoop control, Reach reach, LimitedLog log) {
    this.settings = settings;
    this.lanes = lanes;
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
    Map<String, Fronted> before = fronted;
    var now = new LinkedHashMap<String, Fronted>();
    var changed = new ArrayList<Fronted>();
    for (ServiceSpec spec : specs) {
      Fronted known = before.get(spec.name());
      if (known == null) {
        known = new Fronted(spec, settings, control, reach, log);
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
    var planned = new LinkedHashMap<Fronted, Fronted.Plan>();
    now.values().forEach(one -> planned.put(one, one.plan()));
    List<Fronted.Plan> plans = List.copyOf(planned.values());
    onLanes(lane -> lane.prepare(plans), () -> {});
    changed.forEach(Fronted::tellReplicas);
    if (started) {
      begin(changed.stream().filter(one -> !before.containsKey(one.spec().name())).toList());
    }
    fronted = now;
    List<Fronted> gone = before.values().stream().filter(one -> !planned.containsKey(one)).toList();
    gone.forEach(one -> planned.put(one, one.plan()));
    gone.forEach(Fronted::leave);
    onLanes(
        lane -> lane.settle(plans),
        () -> planned.forEach((one, plan) -> one.settled(plan.service())));
    gone.forEach(this::leave);
  }

  /// Probes the replicas of new services; requests come when it is known who accepts them.
  private static void begin(Collection<Fronted> anew) {
    anew.forEach(Fronted::start);
    long deadlineNanos = System.nanoTime() + FIRST_PROBES_NANOS_MAX;
    anew.forEach(one -> one.awaitProbes(deadlineNanos));
  }

  private void leave(Fronted gone) {
    gone.become(gone.spec().with(List.of()));
    gone.tellReplicas();
    gone.stop();
    leaving.add(gone);
  }

  /// Returns when all have done it, or after a while; `whenAllHave` runs at the latest of them,
  /// however late that is.
  private void onLanes(Consumer<Lane> task, Runnable whenAllHave) {
    var done = new CountDownLatch(lanes.size());
    var left = new AtomicInteger(lanes.size());
    for (Lane lane : lanes) {
      lane.loop()
          .execute(() -> {
            task.accept(lane);
            if (left.decrementAndGet() == 0) {
              whenAllHave.run();
            }
            done.countDown();
          });
    }
    boolean _ = ProxyServer.await(done, LANES_MILLIS_MAX);
  }

  /// The replicas of the only service are now these.
  void only(List<Backend> backends) {
    synchronized (change) {
      become(fronted.values().stream().map(one -> one.spec().with(backends)).toList());
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
      fronted.values().forEach(Fronted::stop);
    }
  }

  /// Time passes.
  void tick() {
    fronted.values().forEach(Fronted::tick);
    leaving.forEach(Fronted::tick);
    leaving.removeIf(Fronted::isIdle);
  }

  List<ServiceStatus> statuses() {
    return fronted.values().stream().map(Fronted::status).toList();
  }
}
