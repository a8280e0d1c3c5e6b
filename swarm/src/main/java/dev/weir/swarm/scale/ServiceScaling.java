package dev.weir.swarm.scale;

import dev.weir.scale.CountMark;
import dev.weir.scale.Decision;
import dev.weir.scale.Observation;
import dev.weir.scale.Promise;
import dev.weir.scale.ScaleEvent;
import dev.weir.scale.ScaleReport;
import dev.weir.scale.ScaleSettings;
import dev.weir.scale.Scaler;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.Term;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.follow.FollowedReplica;
import dev.weir.swarm.follow.FollowedService;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceSize;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// The autoscaling of one service: decides, and carries the decision out where it may.
///
/// Not thread-safe.
final class ServiceScaling {
  /// Before any cold start was seen.
  private static final double COLD_SECONDS_DEFAULT = 15;

  private static final int NEWS_MAX = 8;

  private final String self;
  private final Accord accord;
  private final EngineFailover engines;
  private final ScaleListener listener;
  private final ColdStarts coldStarts = new ColdStarts();
  private final ScaleHistory history = new ScaleHistory();
  private final WriteBackoff backoff = new WriteBackoff();
  private FollowedService service;
  private ScaleLabels labels;
  private ScaleSettings settings;
  private final Scaler scaler;
  private final Map<Term, Long> decisions = new EnumMap<>(Term.class);
  private Optional<TaskFault> fault = Optional.empty();
  private String state = "";
  private int ready;
  private long changes;

  ServiceScaling(
      String self,
      FollowedService service,
      Accord accord,
      EngineFailover engines,
      ScaleListener listener) {
    this.self = self;
    this.accord = accord;
    this.engines = engines;
    this.listener = listener;
    this.service = service;
    this.labels = service.labels().scale().orElseThrow();
    this.settings = settings(service);
    this.scaler = new Scaler(settings);
  }

  /// Takes over what the swarm says of the service now.
  void become(FollowedService now) {
    service = now;
    labels = now.labels().scale().orElseThrow();
    ScaleSettings next = settings(now);
    if (!next.equals(settings)) {
      settings = next;
      scaler.become(next);
    }
  }

  private static ScaleSettings settings(FollowedService service) {
    ScaleLabels labels = service.labels().scale().orElseThrow();
    Promise promise = service.labels().slo().orElseThrow();
    var settings = ScaleSettings.of(promise, labels.min(), labels.max());
    if (labels.holdSeconds().isPresent()) {
      settings = settings.withHold(labels.holdSeconds().getAsDouble());
    }
    if (labels.drainSeconds().isPresent()) {
      settings = settings.withDrain(labels.drainSeconds().getAsDouble());
    }
    if (labels.keepSeconds().isPresent()) {
      settings = settings.withHuman(labels.keepSeconds().getAsDouble());
    }
    return labels.acts() ? settings : settings.withHuman(0); // advice follows nobody
  }

  /// Whether any replica is starting, or was when it was looked at last.
  boolean isStarting() {
    return !service.starting().isEmpty() || coldStarts.isAnyStarting();
  }

  /// Looks at the replicas. Returns whether any is starting.
  boolean observe(Set<String> accepting, long nowNanos) {
    List<String> running = service.replicas().stream().map(FollowedReplica::id).toList();
    coldStarts.note(service.starting(), service.unplaced(), running, accepting, nowNanos);
    return coldStarts.isAnyStarting();
  }

  /// Looks for the reason why replicas do not start.
  void diagnose() {
    int running = (int) service.liveCount();
    Optional<TaskFault> found = fault;
    if (service.size().isReplicated() && running < service.size().desired()) {
      try {
        found = engines.ask(engine -> TaskFault.find(engine, service.id()));
      } catch (EngineException e) {
        // Who follows the swarm says so.
      }
    } else {
      found = Optional.empty();
    }
    if (!found.equals(fault)) {
      fault = found;
      String line = fault.map(TaskFault::words).orElse("replicas start again");
      listener.said("service %s: %s".formatted(service.name(), line));
    }
  }

  /// Decides, and carries out what may be.
  ///
  /// @param load what all balancers measure
  /// @param isFresh whether enough is known to remove replicas
  /// @param now the instant
  /// @param clock the instant when a write begins
  void tick(ServiceLoad load, boolean isFresh, Instant now, LongSupplier clock) {
    ready = load.ready();
    ServiceSize size = service.size();
    Decision decision = scaler.decide(observation(load, isFresh, now.nanos()));
    decisions.merge(decision.term(), 1L, Long::sum);
    String done = carryOut(decision, now.nanos(), clock);
    var event = new ScaleEvent(now.epochMillis(), decision, size.desired(), done);
    state = done.equals("kept") || done.equals("scaled") ? "" : done;
    boolean isNew = isNew(event);
    if (history.add(event)) {
      listener.decided(service.name(), event);
    }
    if (isNew) {
      say(event);
    }
  }

  private Observation observation(ServiceLoad load, boolean isFresh, long nowNanos) {
    ServiceSize size = service.size();
    return new Observation(
        nowNanos, load, size.desired(), coldStartSeconds(), size.mark(), isFresh);
  }

  /// Measured here, or by another balancer, or else a guess.
  double coldStartSeconds() {
    double known = knownColdStartSeconds();
    return Double.isNaN(known) ? COLD_SECONDS_DEFAULT : known;
  }

  /// NaN until one was seen.
  double knownColdStartSeconds() {
    double elsewhere = accord.coldStartSeconds(service.name());
    return coldStarts.percentileSeconds().orElse(elsewhere > 0 ? elsewhere : Double.NaN);
  }

  /// What was seen here; NaN for nothing.
  double ownColdStartSeconds() {
    return coldStarts.percentileSeconds().orElse(Double.NaN);
  }

  /// The latest decisions that changed something, for the other balancers.
  List<Board.News> news() {
    return history.changes(NEWS_MAX).stream()
        .map(event ->
            new Board.News(
                event.epochMillis(),
                event.before(),
                event.decision().replicas(),
                event.done(),
                event.decision().words()))
        .toList();
  }

  private String carryOut(Decision decision, long nowNanos, LongSupplier clock) {
    if (!decision.isChange()) {
      return "kept";
    }
    if (!labels.acts()) {
      return "advised";
    }
    String obstacle = obstacle(decision, nowNanos);
    return obstacle.isEmpty() ? write(decision, clock) : obstacle;
  }

  /// Why the decision is not carried out here and now; empty if it may be.
  private String obstacle(Decision decision, long nowNanos) {
    ServiceSize size = service.size();
    Optional<String> paused = accord.paused(service.name());
    if (paused.isPresent()) {
      return "paused: " + paused.get();
    }
    if (!size.isReplicated()) {
      return "not replicated: a global service has a task on each node, a job ends by itself";
    }
    if (size.isUpdating()) {
      return "waits: an update of the service is " + size.update().replace('_', ' ');
    }
    if (!mayDo(decision, nowNanos)) {
      return accord.actor(service.name()).map("left to "::concat).orElse("waits for an agreement");
    }
    Optional<TaskFault> unplaced = fault.filter(TaskFault::isUnplaced);
    if (unplaced.isPresent() && decision.replicas() > size.desired()) {
      return "waits: " + unplaced.get().words();
    }
    return backoff.reason(nowNanos);
  }

  /// Starting the first replica for a request that waits is the same whoever does it, and only the
  /// first to write succeeds.
  private boolean mayDo(Decision decision, long nowNanos) {
    boolean isWaking = service.size().desired() == 0 && decision.replicas() > 0;
    return isWaking || accord.acts(service.name(), nowNanos);
  }

  private String write(Decision decision, LongSupplier clock) {
    var mark = new CountMark(decision.replicas(), self + "." + ++changes);
    int expected = service.size().desired();
    try {
      String refusal =
          engines.ask(engine ->
              ReplicaWriter.set(
                  engine, service.id(), expected, mark, () -> mayDo(decision, clock.getAsLong())));
      backoff.succeeded();
      return refusal.isEmpty() ? "scaled" : "waits: " + refusal;
    } catch (EngineException e) {
      backoff.failed(e, clock.getAsLong());
      return "failed: " + e.getMessage();
    }
  }

  /// Whether the last event said something else.
  private boolean isNew(ScaleEvent event) {
    ScaleEvent last = history.last();
    return last == null
        ? !event.done().equals("kept")
        : !last.done().equals(event.done())
            || last.decision().replicas() != event.decision().replicas();
  }

  private void say(ScaleEvent event) {
    if (event.done().equals("kept") || event.done().startsWith("left to")) {
      return;
    }
    listener.said(
        "service %s: %d -> %d replicas, %s: %s"
            .formatted(
                service.name(),
                event.before(),
                event.decision().replicas(),
                event.done(),
                event.decision().words()));
  }

  /// Whether it may rest without replicas.
  boolean mayBeZero() {
    return labels.mayBeZero();
  }

  /// Why no replica starts; empty if none is missing, or one may come.
  String faultWords() {
    return fault.map(TaskFault::words).orElse("");
  }

  /// Why requests wait in vain for a first replica; empty if one may come.
  String coldReason() {
    Optional<String> paused = accord.paused(service.name());
    if (paused.isPresent() && service.size().desired() == 0) {
      return "autoscaling is paused: " + paused.get();
    }
    return fault.isPresent() ? faultWords() : backoff.forbidden();
  }

  FollowedService service() {
    return service;
  }

  /// @param agreement why the balancers do not agree; empty if they do
  ScaleReport report(String agreement) {
    Optional<String> actor = accord.actor(service.name());
    return new ScaleReport(
        labels.acts() ? "act" : "advise",
        labels.min(),
        labels.max(),
        accord.paused(service.name()).isPresent(),
        actor.map(name -> name.equals(self) ? "self" : name).orElse(""),
        agreement.isEmpty() ? state : "no agreement with other balancers: " + agreement,
        knownColdStartSeconds(),
        faultWords(),
        service.size().desired(),
        ready,
        history.all(),
        decisions);
  }

  /// One instant, on two clocks.
  ///
  /// @param nanos of a monotonic clock
  /// @param epochMillis since 1970
  record Instant(long nanos, long epochMillis) {}
}
