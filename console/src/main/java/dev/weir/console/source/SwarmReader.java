package dev.weir.console.source;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.scale.Board;
import dev.weir.swarm.scale.ScalerBoard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/// Reads the swarm from its managers; if one fails, the next is asked.
///
/// Only tasks that run or should are listed each time: a manager also keeps several ended ones for
/// each slot. Tasks that left the list are asked for by id until they have ended, and all ended
/// ones are listed now and then, for those that began and ended between two polls.
///
/// One thread reads. Items are reduced to the fields that are shown while the response is read, so
/// nothing else of it is ever kept.
final class SwarmReader implements AutoCloseable {
  private static final long HISTORY_MILLIS = 15_000;
  private static final long INFO_MILLIS = 60_000;
  private static final int ASKED_MAX = 100;

  private final EngineFailover managers;
  private final int addresses;
  private final LongSupplier clock;
  private final EndedTasks ended = new EndedTasks();
  private Map<String, TaskSeen> open = Map.of();
  private String clusterId = "";
  private String engine = "";
  private long infoMillis;
  private long historyMillis;

  SwarmReader(List<EngineAddress> addresses, LongSupplier clock) {
    this.managers = new EngineFailover(addresses);
    this.addresses = addresses.size();
    this.clock = clock;
  }

  /// The manager in use, connected.
  ///
  /// @throws EngineException if it does not respond
  Engine engine() {
    return managers.engine();
  }

  /// The address of the manager in use.
  String source() {
    return managers.source();
  }

  /// Reads all of it; each manager is asked at most once.
  ///
  /// @throws EngineException if no manager responds
  SwarmSeen read() {
    for (int tried = 1; ; tried++) {
      try {
        return readOnce();
      } catch (EngineException e) {
        managers.next();
        infoMillis = 0;
        if (tried >= addresses) {
          throw e;
        }
      }
    }
  }

  private SwarmSeen readOnce() {
    long nowMillis = clock.getAsLong();
    info(nowMillis);
    List<NodeSeen> nodes = managers.ask(of -> of.list("/nodes", Map.of(), NodeSeen::of));
    List<ServiceSeen> services =
        managers.ask(of -> of.list("/services", Map.of(), ServiceSeen::of));
    List<TaskSeen> tasks = tasks(nowMillis);
    Board board = Board.EMPTY;
    String boardFailure = "";
    if (services.stream().anyMatch(service -> !service.range().isEmpty())) {
      try {
        board = managers.ask(ScalerBoard::read);
      } catch (EngineException e) {
        boardFailure = words(e);
      }
    }
    return new SwarmSeen(
        nowMillis,
        managers.source(),
        clusterId,
        engine,
        nodes,
        services,
        tasks,
        board,
        boardFailure);
  }

  /// The swarm's own id is shown where `/info` may be asked; a socket proxy may refuse that.
  private void info(long nowMillis) {
    if (infoMillis != 0 && nowMillis - infoMillis < INFO_MILLIS) {
      return;
    }
    try {
      JsonNode info = managers.ask(of -> of.get("/info"));
      clusterId = Texts.of(info.path("Swarm").path("Cluster"), "ID");
      engine = Texts.of(info, "ServerVersion");
    } catch (EngineException e) {
      if (e.reason() != Reason.REFUSED) {
        throw e;
      }
    }
    infoMillis = nowMillis;
  }

  private List<TaskSeen> tasks(long nowMillis) {
    var present = new LinkedHashMap<String, TaskSeen>();
    for (TaskSeen task : list(states("running", "ready", "accepted"))) {
      present.put(task.id(), task);
    }
    if (historyMillis == 0 || nowMillis - historyMillis >= HISTORY_MILLIS) {
      list(states("shutdown", "complete", "remove")).forEach(task -> present.put(task.id(), task));
      historyMillis = nowMillis;
    } else {
      leaving(present).forEach(task -> present.put(task.id(), task));
    }
    ended.note(present.values(), nowMillis);
    present.values().removeIf(TaskSeen::hasEnded);
    open = Map.copyOf(present);
    var all = new ArrayList<>(present.values());
    all.addAll(ended.kept(nowMillis));
    return all;
  }

  /// Tasks that had not ended when they were seen last, and are no longer listed.
  private List<TaskSeen> leaving(Map<String, TaskSeen> present) {
    List<String> ids =
        open.keySet().stream().filter(id -> !present.containsKey(id)).limit(ASKED_MAX).toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    Filters filters = Filters.none();
    ids.forEach(id -> filters.and("id", id));
    return list(filters);
  }

  private static Filters states(String... states) {
    Filters filters = Filters.none();
    for (String state : states) {
      filters.and("desired-state", state);
    }
    return filters;
  }

  private List<TaskSeen> list(Filters filters) {
    return managers.ask(of -> of.list("/tasks", filters.query(), TaskSeen::of));
  }

  /// A failure in one line.
  static String words(RuntimeException e) {
    return Fields.bounded(String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; "));
  }

  @Override
  public void close() {
    managers.close();
  }
}
