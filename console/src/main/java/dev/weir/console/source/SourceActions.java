package dev.weir.console.source;

import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.action.Who;
import dev.weir.scale.Promise;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the page asks for beside pictures, from what was read last or from a manager. A change is
/// noted as a decision and as an event, with who asked for it.
final class SourceActions implements ConsoleActions {
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;

  private final SourceSettings settings;
  private final @Nullable SwarmWatcher watcher;
  private final Supplier<@Nullable View> view;
  private final SeriesBook series;
  private final DecisionBook decisions;
  private final Numbered<EventSeen> events;

  /// @param watcher follows the swarm; null without one
  /// @param view what the last picture was made of; null before the first
  SourceActions(
      SourceSettings settings,
      @Nullable SwarmWatcher watcher,
      Supplier<@Nullable View> view,
      SeriesBook series,
      DecisionBook decisions,
      Numbered<EventSeen> events) {
    this.settings = settings;
    this.watcher = watcher;
    this.view = view;
    this.series = series;
    this.decisions = decisions;
    this.events = events;
  }

  @Override
  public String series(String serviceId) throws ActionException {
    return series
        .json(serviceId)
        .orElseThrow(() -> new ActionException(NOT_FOUND, "no service has this id"));
  }

  @Override
  public String curve(String serviceId) throws ActionException {
    View now = view();
    ServiceSeen service = now.swarm().servicesById().get(serviceId);
    ServiceLoadSeen load =
        service == null ? staticLoad(now, serviceId) : now.loads().get(service.name());
    if (service == null && load == null) {
      throw new ActionException(NOT_FOUND, "no service has this id");
    }
    Optional<ServiceDemand> demand = load == null ? Optional.empty() : load.demand();
    if (demand.isEmpty()) {
      throw new ActionException(
          CONFLICT,
          load == null
              ? "no balancer serves this service, so its demand is not known"
              : "not known yet: rate, work and slots are learned from the first requests");
    }
    Optional<Promise> promise = load == null ? Optional.empty() : load.promise();
    return new ServiceCurve(demand.get(), promise).json();
  }

  private static @Nullable ServiceLoadSeen staticLoad(View now, String id) {
    return now.loads().values().stream()
        .filter(load -> ServiceEntities.staticId(load.name()).equals(id))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String logs(String taskId, int lines) throws ActionException {
    TaskSeen task = view().swarm().tasksById().get(taskId);
    if (task == null) {
      throw new ActionException(NOT_FOUND, "no task has this id (ended ones are kept 5 minutes)");
    }
    return asked(manager -> TaskLogs.json(manager, taskId, lines, task.error()));
  }

  @Override
  public boolean writable() {
    return settings.writes() && watcher != null;
  }

  @Override
  public String scale(String serviceId, int replicas, Who who) throws ActionException {
    ServiceSeen service = writable(serviceId);
    ServiceWrites.Outcome outcome =
        asked(manager -> new ServiceWrites(manager).scale(serviceId, replicas));
    if (!outcome.refusal().isEmpty()) {
      throw new ActionException(CONFLICT, service.name() + ": " + outcome.refusal());
    }
    String text =
        "%s scaled %s from %d to %d".formatted(who, service.name(), outcome.before(), replicas);
    return done(service, outcome.before(), replicas, "scaled", text, who);
  }

  @Override
  public String roll(String serviceId, Who who) throws ActionException {
    ServiceSeen service = writable(serviceId);
    ServiceWrites.Outcome outcome = asked(manager -> new ServiceWrites(manager).roll(serviceId));
    int count = outcome.before();
    String text = "%s has the tasks of %s replaced".formatted(who, service.name());
    return done(service, count, count, "rolled", text, who);
  }

  @Override
  public String pause(String serviceId, String reason, Who who) throws ActionException {
    ServiceSeen service = scaled(serviceId);
    asked(manager -> {
      new ServiceWrites(manager).pause(service.name(), reason, who.toString());
      return true;
    });
    String why = reason.isEmpty() ? "" : ": " + reason;
    String text = "%s paused the autoscaling of %s%s".formatted(who, service.name(), why);
    return done(service, service.replicas(), service.replicas(), "paused", text, who);
  }

  @Override
  public String resume(String serviceId, Who who) throws ActionException {
    ServiceSeen service = scaled(serviceId);
    asked(manager -> {
      new ServiceWrites(manager).resume(service.name());
      return true;
    });
    String text = "%s resumed the autoscaling of %s".formatted(who, service.name());
    return done(service, service.replicas(), service.replicas(), "resumed", text, who);
  }

  private String done(ServiceSeen service, int from, int to, String what, String text, Who who) {
    long nowMillis = System.currentTimeMillis();
    decisions.add(
        new DecisionSeen(nowMillis, service.name(), from, to, what, text, who.toString()));
    events.add(EventSeen.warning(nowMillis, "service", "service/" + service.id(), text));
    if (watcher != null) {
      watcher.nudge();
    }
    return new Fields().truth("ok", true).text("text", text).text();
  }

  private ServiceSeen scaled(String serviceId) throws ActionException {
    ServiceSeen service = writable(serviceId);
    if (service.range().isEmpty()) {
      throw new ActionException(
          CONFLICT, service.name() + " is not scaled: it has no label weir.scale");
    }
    return service;
  }

  private ServiceSeen writable(String serviceId) throws ActionException {
    if (!writable()) {
      throw new ActionException(FORBIDDEN, "this console only shows (see --console-write)");
    }
    ServiceSeen service = view().swarm().servicesById().get(serviceId);
    if (service == null) {
      throw new ActionException(NOT_FOUND, "no service of the swarm has this id");
    }
    return service;
  }

  private View view() throws ActionException {
    View now = view.get();
    if (now == null) {
      throw new ActionException(UNAVAILABLE, "nothing has been read yet");
    }
    return now;
  }

  /// A question to a manager.
  @FunctionalInterface
  private interface Question<T> {
    T ask(Engine manager);
  }

  private <T> T asked(Question<T> question) throws ActionException {
    SwarmWatcher following = watcher;
    if (following == null) {
      throw new ActionException(CONFLICT, "no manager is asked here");
    }
    try {
      return question.ask(following.manager());
    } catch (EngineException e) {
      int status = e.status() >= 400 && e.status() < 500 ? CONFLICT : BAD_GATEWAY;
      throw new ActionException(status, SwarmReader.words(e));
    } catch (IllegalStateException e) {
      throw new ActionException(UNAVAILABLE, SwarmReader.words(e));
    }
  }
}
