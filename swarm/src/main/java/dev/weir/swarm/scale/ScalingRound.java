package dev.weir.swarm.scale;

import dev.weir.scale.ScaleReport;
import dev.weir.scale.ServiceLoad;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.follow.FollowedService;
import dev.weir.swarm.scale.ServiceScaling.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// What happens in each round: the balancers tell each other what they measure, then each service
/// is decided about.
///
/// Not thread-safe.
final class ScalingRound {
  /// Three cold starts: as long as a request waits for the first replica.
  private static final double HOLD_COLD_STARTS = 3;

  /// A start on a node that has no image yet takes longer than all those before.
  private static final double HOLD_SECONDS_MIN = 15;

  /// While no cold start was seen, the queue's deadline is the only bound.
  private static final double HOLD_SECONDS_UNKNOWN = 86_400;

  private static final double STALE_SECONDS_MAX = 10;

  private final String self;
  private final EngineFailover engines;
  private final ScaledServices proxy;
  private final ScaleListener listener;
  private final LongSupplier clock;
  private final Accord accord;
  private final Map<String, ServiceScaling> scalings = new LinkedHashMap<>();
  private boolean isMember;
  private String boardFault = "";

  /// @param self the name of this balancer, unlike any other's
  /// @param clock monotonic nanoseconds
  ScalingRound(
      String self,
      EngineFailover engines,
      ScaledServices proxy,
      ScaleListener listener,
      LongSupplier clock) {
    this.self = self;
    this.engines = engines;
    this.proxy = proxy;
    this.listener = listener;
    this.clock = clock;
    this.accord = new Accord(self);
  }

  /// Takes over the services of now, and looks at their replicas. Returns whether any starts.
  boolean observe(List<FollowedService> services) {
    var present = new HashMap<String, FollowedService>();
    services.stream()
        .filter(one -> one.labels().scale().isPresent())
        .forEach(one -> present.put(one.name(), one));
    scalings.keySet().retainAll(present.keySet());
    present.forEach((name, service) ->
        scalings
            .computeIfAbsent(
                name, _ -> new ServiceScaling(self, service, accord, engines, listener))
            .become(service));
    return scalings.values().stream().anyMatch(ServiceScaling::isStarting) && observeStarts();
  }

  private boolean observeStarts() {
    Map<String, Set<String>> ready = proxy.ready();
    boolean isAnyStarting = false;
    for (ServiceScaling one : scalings.values()) {
      Set<String> accepting = ready.getOrDefault(one.service().name(), Set.of());
      isAnyStarting |= one.observe(accepting, clock.getAsLong());
    }
    return isAnyStarting;
  }

  /// Decides about every service.
  ///
  /// @param staleSeconds how old the swarm's state is
  void decide(double staleSeconds, long epochMillis) {
    Map<String, ServiceLoad> loads = loads();
    meet(loads);
    // A balancer that cannot meet the others only advises, so its own arrivals are enough.
    boolean isAlone = !boardFault.isEmpty() && !accord.mayAct(clock.getAsLong());
    boolean isFresh =
        staleSeconds < STALE_SECONDS_MAX && (accord.isSettled(clock.getAsLong()) || isAlone);
    for (ServiceScaling one : scalings.values()) {
      ServiceLoad own = loads.get(one.service().name());
      if (own != null) {
        one.diagnose();
        decide(one, own, isFresh, epochMillis);
      }
    }
  }

  /// The loads of services that are scaled.
  private Map<String, ServiceLoad> loads() {
    if (scalings.isEmpty()) {
      return Map.of();
    }
    var loads = new LinkedHashMap<>(proxy.loads());
    loads.keySet().retainAll(scalings.keySet());
    return loads;
  }

  private void decide(ServiceScaling one, ServiceLoad own, boolean isFresh, long epochMillis) {
    long nowNanos = clock.getAsLong();
    ServiceLoad all = own;
    for (ServiceLoad other : accord.others(one.service().name(), nowNanos)) {
      all = all.plus(other);
    }
    one.tick(all, isFresh, new Instant(nowNanos, epochMillis), clock);
    showCold(one, own);
  }

  private void showCold(ServiceScaling one, ServiceLoad own) {
    if (one.mayBeZero()) {
      double cold = one.knownColdStartSeconds();
      double hold =
          Double.isNaN(cold)
              ? HOLD_SECONDS_UNKNOWN
              : Math.max(HOLD_SECONDS_MIN, HOLD_COLD_STARTS * cold);
      proxy.cold(one.service().name(), hold, own.ready() == 0 ? one.coldReason() : "");
    }
  }

  /// A request waits for the first replica of a service.
  void wake(String service, long epochMillis) {
    ServiceScaling one = scalings.get(service);
    ServiceLoad own = loads().get(service);
    if (one != null && own != null) {
      decide(one, own, false, epochMillis);
    }
  }

  /// Looks why no replica of a service starts, while requests wait for one.
  void diagnoseCold() {
    Map<String, ServiceLoad> loads = loads();
    for (ServiceScaling one : scalings.values()) {
      ServiceLoad own = loads.get(one.service().name());
      if (own != null && own.ready() == 0 && own.queued() > 0 && one.mayBeZero()) {
        one.diagnose();
        showCold(one, own);
      }
    }
  }

  /// Reads the board, and writes on it when it is time.
  private void meet(Map<String, ServiceLoad> loads) {
    if (scalings.isEmpty() && !isMember) {
      return;
    }
    try {
      engines.ask(engine -> {
        accord.see(ScalerBoard.read(engine), clock.getAsLong());
        return true;
      });
      if (scalings.isEmpty()) {
        leave();
      } else if (accord.isDue(clock.getAsLong())) {
        write(loads);
      }
      boardFault("");
    } catch (EngineException e) {
      boardFault(String.valueOf(e.getMessage()));
      if (e.reason() != Reason.REFUSED) {
        engines.next();
      }
    }
  }

  private void write(Map<String, ServiceLoad> loads) {
    var own = new HashMap<String, Board.Knowledge>();
    loads.forEach((name, load) -> {
      ServiceScaling one = scalings.get(name);
      if (one != null) {
        own.put(name, new Board.Knowledge(load, one.ownColdStartSeconds(), one.news()));
      }
    });
    long startNanos = clock.getAsLong();
    Board written =
        engines.ask(engine ->
            ScalerBoard.change(
                engine,
                board -> {
                  accord.see(board, clock.getAsLong());
                  return accord.next(own, clock.getAsLong());
                }));
    accord.written(written, startNanos);
    isMember = true;
  }

  private void boardFault(String why) {
    if (!why.equals(boardFault) && (why.isEmpty() || boardFault.isEmpty())) {
      listener.said(
          why.isEmpty()
              ? "autoscaling: the balancers agree again"
              : "autoscaling: no agreement with other balancers, so nothing is scaled: " + why);
    }
    boardFault = why;
  }

  /// Leaves the board, so that others take over at once.
  void leave() {
    if (isMember) {
      isMember = false;
      engines.ask(engine ->
          ScalerBoard.change(
              engine,
              board -> {
                accord.see(board, clock.getAsLong());
                return accord.leave();
              }));
    }
  }

  /// The state of each service that is scaled, by name.
  Map<String, ScaleReport> reports() {
    var reports = new LinkedHashMap<String, ScaleReport>();
    scalings.forEach((name, one) -> reports.put(name, one.report(boardFault)));
    return reports;
  }
}
