package dev.weir.swarm.stack;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Removes a stack, and waits until its last container is gone. Then its ports are free, and a new
/// deploy of the same name meets no remains.
public final class StackRemoval {
  private static final long POLL_NANOS = Duration.ofMillis(250).toNanos();
  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

  private final Engine engine;
  private final Consumer<String> say;

  /// @param say takes one line for each action
  public StackRemoval(Engine engine, Consumer<String> say) {
    this.engine = engine;
    this.say = say;
  }

  /// Removes a stack, and returns whether anything with that name existed.
  ///
  /// @param timeout for the tasks to end; zero does not wait
  /// @throws UserError if tasks are left at the end of that time
  public boolean remove(String stack, Duration timeout) {
    Map<String, String> of = StackDeploy.ofStack(stack);
    List<JsonNode> services = all("/services", of);
    List<JsonNode> secrets = all("/secrets", of);
    List<JsonNode> configs = all("/configs", of);
    List<JsonNode> networks = all("/networks", of);
    if (services.size() + secrets.size() + configs.size() + networks.size() == 0) {
      return false;
    }
    services.forEach(each -> delete("service", each.path("Spec"), "/services/", id(each)));
    secrets.forEach(each -> delete("secret", each.path("Spec"), "/secrets/", id(each)));
    configs.forEach(each -> delete("config", each.path("Spec"), "/configs/", id(each)));
    long end = System.nanoTime() + timeout.toNanos();
    boolean wait = !timeout.isZero();
    if (wait) {
      awaitTasks(stack, of, end);
    }
    for (JsonNode network : networks) {
      removeNetwork(network, wait ? end : System.nanoTime());
    }
    return true;
  }

  private List<JsonNode> all(String path, Map<String, String> query) {
    List<JsonNode> all = new ArrayList<>();
    engine.get(path, query).forEach(all::add);
    all.sort((first, second) -> name(first).compareTo(name(second)));
    return all;
  }

  private static String name(JsonNode node) {
    return node.path("Spec").path("Name").asString(node.path("Name").asString(""));
  }

  private static String id(JsonNode node) {
    return node.path("ID").asString(node.path("Id").asString(""));
  }

  private void delete(String kind, JsonNode named, String path, String id) {
    say.accept("Removing %s %s".formatted(kind, named.path("Name").asString()));
    try {
      engine.delete(path + id, Map.of());
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
    }
  }

  private void awaitTasks(String stack, Map<String, String> of, long end) {
    long reported = -1;
    while (true) {
      long left = left(of);
      if (left == 0) {
        return;
      }
      if (left != reported) {
        say.accept("Waiting for %d tasks of %s to end".formatted(left, stack));
        reported = left;
      }
      if (System.nanoTime() >= end || Thread.interrupted()) {
        throw new UserError(
            "%s: %d tasks have not ended (is a node down? see weir stack ps %s; --timeout waits longer)"
                .formatted(stack, left, stack));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private long left(Map<String, String> of) {
    try {
      long left = 0;
      for (JsonNode task : engine.get("/tasks", of)) {
        left += ENDED.contains(task.path("Status").path("State").asString("")) ? 0 : 1;
      }
      return left;
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  /// A network stays in use for a moment after its last task, so removal is repeated until the time
  /// is over.
  private void removeNetwork(JsonNode network, long end) {
    say.accept("Removing network " + network.path("Name").asString());
    while (true) {
      try {
        engine.delete("/networks/" + id(network), Map.of());
        return;
      } catch (EngineException e) {
        if (e.reason() == Reason.NOT_FOUND) {
          return;
        }
        if (System.nanoTime() >= end) {
          throw e;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }
}
