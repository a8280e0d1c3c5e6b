package dev.weir.swarm.stack;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Watches services until the wanted number of tasks of their newest spec runs.
public final class StackWatch {
  private static final long POLL_NANOS = Duration.ofMillis(250).toNanos();

  /// How long this must hold: a container that dies at its start runs for a moment.
  private static final long STEADY_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Set<String> HALTED = Set.of("paused", "rollback_paused");
  private static final Set<String> MOVING = Set.of("updating", "rollback_started");

  private final Engine engine;
  private final Map<String, String> services;

  /// The largest number of tasks that a global service wanted: while one is being replaced, Swarm
  /// counts one less.
  private final Map<String, Long> most = new HashMap<>();

  /// Watches services, given as name to ID.
  public StackWatch(Engine engine, Map<String, String> services) {
    this.engine = engine;
    this.services = Map.copyOf(services);
  }

  /// The state of a service.
  ///
  /// @param running tasks of the newest spec that run
  /// @param desired how many there should be; for a job, how many are to complete
  /// @param settled whether nothing is left to do
  /// @param halted whether Swarm stopped the update
  /// @param error of the newest failed task; empty for none
  public record Progress(
      String service, long running, long desired, boolean settled, boolean halted, String error) {
    @Override
    public String toString() {
      String state = halted ? ", update halted" : settled ? "" : ", in progress";
      return "%s %d/%d%s%s"
          .formatted(service, running, desired, state, error.isEmpty() ? "" : " (" + error + ")");
    }
  }

  /// Waits, reporting every change, and returns the final state.
  ///
  /// @param report takes all services after each change of one
  public List<Progress> await(Duration timeout, Consumer<List<Progress>> report) {
    long end = System.nanoTime() + timeout.toNanos();
    long steadySince = Long.MIN_VALUE;
    List<Progress> last = List.of();
    while (true) {
      List<Progress> now = look();
      if (!now.equals(last)) {
        report.accept(now);
        last = now;
        steadySince = Long.MIN_VALUE;
      }
      long nanos = System.nanoTime();
      boolean settled = now.stream().allMatch(Progress::settled);
      if (settled && steadySince == Long.MIN_VALUE) {
        steadySince = nanos;
      }
      if (settled && nanos - steadySince >= STEADY_NANOS) {
        return now;
      }
      if (now.stream().anyMatch(Progress::halted) || nanos >= end || Thread.interrupted()) {
        return now;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// The current state of the services.
  public List<Progress> look() {
    if (services.isEmpty()) {
      return List.of();
    }
    Filters ids = Filters.none();
    Filters of = Filters.none();
    services.values().forEach(id -> ids.and("id", id));
    services.values().forEach(id -> of.and("service", id));
    Map<String, String> query = new LinkedHashMap<>(ids.query());
    query.put("status", "true");
    JsonNode tasks = engine.get("/tasks", of.query());
    List<Progress> all = new ArrayList<>();
    for (JsonNode service : engine.get("/services", query)) {
      all.add(progress(service, tasks));
    }
    all.sort((first, second) -> first.service().compareTo(second.service()));
    return all;
  }

  private Progress progress(JsonNode service, JsonNode tasks) {
    JsonNode spec = service.path("Spec");
    JsonNode status = service.path("ServiceStatus");
    JsonNode job = spec.path("Mode").path("ReplicatedJob");
    boolean isJob = !job.isMissingNode() || spec.path("Mode").has("GlobalJob");
    String state = service.path("UpdateStatus").path("State").asString("");
    long running = 0;
    String newest = "";
    String error = "";
    for (JsonNode task : tasks) {
      if (!task.path("ServiceID").equals(service.path("ID"))) {
        continue;
      }
      JsonNode now = task.path("Status");
      boolean up =
          now.path("State").asString("").equals("running")
              && task.path("DesiredState").asString("").equals("running");
      if (up && isOf(task, spec)) {
        running++;
      }
      String at = now.path("Timestamp").asString("");
      String said = now.path("Err").asString("");
      if (!said.isEmpty() && isOf(task, spec) && at.compareTo(newest) > 0) {
        newest = at;
        error = said;
      }
    }
    if (isJob) {
      long completed = status.path("CompletedTasks").asLong(0);
      long total =
          job.path("TotalCompletions").asLong(Math.max(1, status.path("DesiredTasks").asLong(1)));
      return new Progress(name(spec), completed, total, completed >= total, false, error);
    }
    long desired = status.path("DesiredTasks").asLong(0);
    if (spec.path("Mode").has("Global")) {
      desired = most.merge(name(spec), desired, Math::max);
    }
    boolean settled = running == desired && !MOVING.contains(state);
    return new Progress(
        name(spec), running, desired, settled, HALTED.contains(state), settled ? "" : error);
  }

  private static String name(JsonNode spec) {
    return spec.path("Name").asString("");
  }

  /// Whether a task belongs to the newest spec: both describe the same container.
  private static boolean isOf(JsonNode task, JsonNode spec) {
    JsonNode own = task.path("Spec");
    JsonNode wanted = spec.path("TaskTemplate");
    return own.path("ContainerSpec").equals(wanted.path("ContainerSpec"))
        && own.path("ForceUpdate").asLong(0) == wanted.path("ForceUpdate").asLong(0);
  }
}
