package dev.weir.console.source;

import dev.weir.console.model.Entity;
import dev.weir.scale.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The services of a picture: those of the swarm, with what balancers know of them, and those of
/// balancers without a swarm.
///
/// @param view what the picture is made of
record ServiceEntities(View view) {
  private static final int HUES = 360;
  private static final double GOLDEN_ANGLE = 137.508;

  /// What of the services goes into the strip above all.
  ///
  /// @param promises services that promise a latency
  /// @param kept those that keep it now
  /// @param arrivals per second, of all
  /// @param queued requests that wait, of all
  /// @param running tasks that run
  /// @param desired tasks that should
  record Totals(
      int promises, int kept, double arrivals, double queued, long running, long desired) {}

  /// Adds all, and returns what they come to.
  Totals addTo(Consumer<Entity> picture) {
    Map<String, List<TaskSeen>> tasks = view.swarm().tasksByService();
    Set<String> left = new HashSet<>(view.loads().keySet());
    var totals = new Totals(0, 0, 0, 0, 0, 0);
    for (ServiceSeen service : view.swarm().services()) {
      left.remove(service.name());
      ServiceLoadSeen load = view.loads().get(service.name());
      List<TaskSeen> own = tasks.getOrDefault(service.id(), List.of());
      long running = own.stream().filter(TaskSeen::isRunning).count();
      long desired =
          service.replicas() >= 0
              ? service.replicas()
              : own.stream().filter(TaskSeen::isWanted).count();
      Fields fields = swarmFields(service).count("desired", desired).count("running", running);
      totals =
          added(totals, fields, service.name(), promise(service, load), load, running, desired);
      addScaling(fields, service, load);
      if (!service.updateState().isEmpty()) {
        fields.object("update", update(service));
      }
      picture.accept(new Entity("service/" + service.id(), fields.text()));
    }
    for (String name : left) {
      totals = addStatic(name, totals, picture);
    }
    return totals;
  }

  private Totals addStatic(String name, Totals totals, Consumer<Entity> picture) {
    ServiceLoadSeen load = view.loads().get(name);
    if (load == null) {
      return totals;
    }
    String id = staticId(name);
    long running = load.replicas().values().stream().filter(ReplicaFigures::isActive).count();
    long desired = load.replicas().size();
    Fields fields =
        new Fields()
            .text("id", id)
            .text("name", name.isEmpty() ? "service" : name)
            .count("desired", desired)
            .count("running", running)
            .count("hue", hue(id));
    Totals next = added(totals, fields, name, load.promise(), load, running, desired);
    picture.accept(new Entity("service/" + id, fields.text()));
    TaskEntities.addStatic(load, id, picture);
    return next;
  }

  /// The id of a service that no swarm runs.
  static String staticId(String name) {
    return "static" + (name.isEmpty() ? "" : "-" + TaskEntities.plain(name));
  }

  private static Fields swarmFields(ServiceSeen service) {
    return new Fields()
        .text("id", service.id())
        .text("name", service.name())
        .text("stack", service.stack())
        .text("mode", service.mode())
        .text("image", service.image())
        .texts("ports", service.ports())
        .text("range", service.range())
        .text("scaleMode", service.scaleMode())
        .count("hue", hue(service.name()));
  }

  private static Fields update(ServiceSeen service) {
    return new Fields()
        .text("state", service.updateState())
        .text("message", service.updateMessage())
        .instant("at", service.updateMillis());
  }

  /// Neighbours in the alphabet get colours far apart, and a service keeps its own.
  private static long hue(String name) {
    return (long) (Math.floorMod(name.hashCode(), 10_000) * GOLDEN_ANGLE) % HUES;
  }

  private static Optional<Promise> promise(ServiceSeen service, @Nullable ServiceLoadSeen load) {
    return load != null && load.promise().isPresent()
        ? load.promise()
        : ServiceLoadSeen.parsed(service.promise());
  }

  private Totals added(
      Totals totals,
      Fields fields,
      String name,
      Optional<Promise> promise,
      @Nullable ServiceLoadSeen load,
      long running,
      long desired) {
    promise.ifPresent(one -> fields.text("promise", one.text()));
    boolean isKept = false;
    if (load != null) {
      isKept = addLoad(fields, load, promise);
      Predictions.Predicted predicted = view.predictions().get(name);
      if (predicted != null) {
        fields
            .number("predicted", predicted.seconds())
            .number("utilisation", predicted.utilisation());
      }
    }
    return new Totals(
        totals.promises + (promise.isPresent() ? 1 : 0),
        totals.kept + (isKept ? 1 : 0),
        totals.arrivals + (load == null || Double.isNaN(load.arrivals()) ? 0 : load.arrivals()),
        totals.queued + (load == null ? 0 : load.queued()),
        totals.running + running,
        totals.desired + desired);
  }

  /// Returns whether the promise is kept.
  private static boolean addLoad(Fields fields, ServiceLoadSeen load, Optional<Promise> promise) {
    double measured = promise.map(one -> load.latency().quantile(one.share())).orElse(Double.NaN);
    boolean isKept = promise.isPresent() && measured <= promise.get().seconds();
    if (promise.isPresent() && !Double.isNaN(measured)) {
      fields.truth("kept", isKept);
    }
    fields
        .number("p50", load.latency().quantile(.5))
        .number("p99", load.latency().quantile(.99))
        .number("arrivals", load.arrivals())
        .number("scv", load.gapScv())
        .count("queued", Math.round(load.queued()))
        .count("inFlight", Math.round(load.inFlight()))
        .count("refused", load.refused())
        .text("policy", load.policy())
        .number("workSeconds", load.workSeconds())
        .number("serviceSeconds", load.serviceSeconds());
    return isKept;
  }

  private void addScaling(Fields fields, ServiceSeen service, @Nullable ServiceLoadSeen load) {
    if (service.range().isEmpty()) {
      return;
    }
    var board = view.swarm().board();
    var actor = board.actors().get(service.name());
    if (actor != null) {
      fields.text("scaledBy", actor.member());
    }
    fields.text("paused", board.paused().getOrDefault(service.name(), ""));
    ScaleFigures scale = load == null ? ScaleFigures.NONE : load.scale();
    if (!scale.decisions().isEmpty()) {
      DecisionSeen last = scale.decisions().getLast();
      fields.count("wanted", last.to()).text("why", why(scale, last));
      return;
    }
    latest(service.name())
        .ifPresent(last -> fields.count("wanted", last.to()).text("why", last.why()));
  }

  private static String why(ScaleFigures scale, DecisionSeen last) {
    String words = scale.fault().isEmpty() ? scale.state() : "cannot start: " + scale.fault();
    return words.isEmpty() ? last.why() : "%s (%s)".formatted(last.why(), words);
  }

  private Optional<DecisionSeen> latest(String service) {
    return view.decisions().reversed().stream()
        .map(Numbered.Entry::value)
        .filter(one -> one.service().equals(service))
        .findFirst();
  }
}
