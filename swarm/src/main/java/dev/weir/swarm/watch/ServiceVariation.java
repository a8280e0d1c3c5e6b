package dev.weir.swarm.watch;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.ServiceUpdates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes a service temporarily, in one respect after another, and then restores it.
///
/// It restores only its own changes and keeps those of others.
public final class ServiceVariation {
  private static final String POLICY = "weir.policy";
  private static final String LIMIT = "weir.limit";
  private static final String PORT = "weir.port";

  /// Long enough for a manager's restart, or for an election of managers.
  private static final Duration RESTORE_MAX = Duration.ofSeconds(10);

  private static final long POLL_NANOS = Duration.ofMillis(300).toNanos();

  /// How often the tasks must look right in a row: between two of them the Engine may seem done.
  private static final int CALM_POLLS = 3;

  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

  private final Engine engine;
  private final String service;
  private final AsFound found;
  private final Map<String, String> labelsFound;
  private final Set<String> labelsChanged = new LinkedHashSet<>();
  private volatile boolean imageChanged;
  private volatile boolean replicasChanged;
  private boolean restored;

  private ServiceVariation(
      Engine engine, String service, AsFound found, Map<String, String> labelsFound) {
    this.engine = engine;
    this.service = service;
    this.found = found;
    this.labelsFound = labelsFound;
  }

  /// A service before the changes.
  ///
  /// @param policy its label `weir.policy`, if it has one
  /// @param limit its label `weir.limit`, if it has one
  /// @param image with the digest, if it was pinned by one
  /// @param replicas its number of replicas; 0 if it is not replicated
  /// @param cores the CPU limit of each task; NaN for none
  /// @param isLabelled whether it has the label `weir.port`, so that balancers serve it
  public record AsFound(
      Optional<String> policy,
      Optional<String> limit,
      String image,
      int replicas,
      double cores,
      boolean isLabelled) {
    /// Its changeable settings, in words.
    public String describe() {
      return "image %s, %s, policy %s, limit %s"
          .formatted(
              image,
              replicas == 0
                  ? "not replicated"
                  : replicas + (replicas == 1 ? " replica" : " replicas"),
              policy.orElse("none"),
              limit.orElse("none"));
    }
  }

  /// The service as it is now.
  public static ServiceVariation of(Engine engine, String service) {
    JsonNode spec = engine.get("/services/" + service).path("Spec");
    JsonNode template = spec.path("TaskTemplate");
    var labels = new LinkedHashMap<String, String>();
    spec.path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    long nanoCpus = template.path("Resources").path("Limits").path("NanoCPUs").asLong(0);
    return new ServiceVariation(
        engine,
        service,
        new AsFound(
            Optional.ofNullable(labels.get(POLICY)),
            Optional.ofNullable(labels.get(LIMIT)),
            template.path("ContainerSpec").path("Image").asString(""),
            spec.path("Mode").path("Replicated").path("Replicas").asInt(0),
            nanoCpus == 0 ? Double.NaN : nanoCpus / 1e9,
            labels.containsKey(PORT)),
        labels);
  }

  /// The service before the changes.
  public AsFound found() {
    return found;
  }

  /// Labels it with a policy; no task restarts.
  public void policy(String name) {
    labels(Map.of(POLICY, name), Set.of());
  }

  /// Labels it with a policy and a limit together; no task restarts.
  public void policy(String name, String limit) {
    var both = new LinkedHashMap<String, String>();
    both.put(POLICY, name);
    both.put(LIMIT, limit);
    labels(both, Set.of());
  }

  /// Changes some of its labels together; no task restarts.
  ///
  /// @param set labels and their values
  /// @param removed labels that it is not to have
  public synchronized void labels(Map<String, String> set, Set<String> removed) {
    if (restored) {
      return;
    }
    labelsChanged.addAll(set.keySet());
    labelsChanged.addAll(removed);
    change(spec -> labelled(spec, set, removed));
  }

  /// Changes some of its labels and its number of replicas together.
  ///
  /// @param set labels and their values
  /// @param removed labels that it is not to have
  public synchronized void scaling(Map<String, String> set, Set<String> removed, int count) {
    if (restored) {
      return;
    }
    checkReplicated("--autoscale");
    labelsChanged.addAll(set.keySet());
    labelsChanged.addAll(removed);
    replicasChanged = true;
    change(spec -> replicas(labelled(spec, set, removed), count));
  }

  /// Sets its image; Swarm replaces its tasks.
  public synchronized void image(String name) {
    if (restored) {
      return;
    }
    imageChanged = true;
    change(spec -> image(spec, name));
  }

  /// Scales it.
  public synchronized void replicas(int count) {
    if (restored) {
      return;
    }
    checkReplicated("--replica-counts");
    replicasChanged = true;
    change(spec -> replicas(spec, count));
  }

  private void checkReplicated(String option) {
    if (found.replicas() == 0) {
      throw new UserError(
          "%s: %s is not a replicated service (expected: one with a number of replicas)"
              .formatted(option, service));
    }
  }

  /// Restores all changes, trying for some seconds, without waiting for the tasks. Further changes
  /// are refused: an interrupted comparison is restored while it still runs.
  ///
  /// @return whether anything had to be restored
  /// @throws EngineException if that failed, so that the service is still changed
  public boolean restore() {
    return restore(RESTORE_MAX);
  }

  /// @param max how long to try
  synchronized boolean restore(Duration max) {
    restored = true;
    if (labelsChanged.isEmpty() && !imageChanged && !replicasChanged) {
      return false;
    }
    long deadlineNanos = System.nanoTime() + max.toNanos();
    while (!triedToRestore(deadlineNanos)) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
    labelsChanged.clear();
    imageChanged = false;
    replicasChanged = false;
    return true;
  }

  /// The command that restores the remaining changes by hand.
  public synchronized String restoringCommand() {
    var words = new ArrayList<>(List.of("docker service update"));
    if (imageChanged) {
      words.add("--image " + found.image());
    }
    if (replicasChanged) {
      words.add("--replicas " + found.replicas());
    }
    labelsChanged.forEach(label -> words.add(restoring(label)));
    words.add(service);
    return String.join(" ", words);
  }

  private String restoring(String label) {
    String was = labelsFound.get(label);
    return was == null ? "--label-rm " + label : "--label-add " + quoted(label + "=" + was);
  }

  /// A promise such as `p99<1s` means something else to a shell.
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9._=:/-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private boolean triedToRestore(long deadlineNanos) {
    try {
      change(spec -> {
        ObjectNode back = spec;
        for (String label : labelsChanged) {
          back = label(back, label, labelsFound.get(label));
        }
        back = imageChanged ? image(back, found.image()) : back;
        return replicasChanged ? replicas(back, found.replicas()) : back;
      });
      return true;
    } catch (EngineException e) {
      boolean hopeless = e.reason() == Reason.NOT_FOUND || e.reason() == Reason.CLOSED;
      if (hopeless
          || System.nanoTime() - deadlineNanos >= 0
          || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return false;
    }
  }

  /// Waits until exactly the wanted tasks run, with the service's image, and no others.
  ///
  /// @param stopped ends the wait early
  /// @throws UserError if Swarm stopped the update, or it takes longer than `max`
  public void awaitTasks(Duration max, BooleanSupplier stopped) {
    long deadlineNanos = System.nanoTime() + max.toNanos();
    int calm = 0;
    while (calm < CALM_POLLS && !stopped.getAsBoolean()) {
      Optional<String> missing = missing();
      calm = missing.isEmpty() ? calm + 1 : 0;
      if (missing.isPresent() && System.nanoTime() > deadlineNanos) {
        throw new UserError(
            "%s is not ready after %d s: %s (look at: weir stack ps, docker service ps %s)"
                .formatted(service, max.toSeconds(), missing.get(), service));
      }
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }

  private Optional<String> missing() {
    JsonNode now = engine.get("/services/" + service);
    String state = now.path("UpdateStatus").path("State").asString("");
    if (imageChanged && (state.contains("paused") || state.startsWith("rollback"))) {
      throw new UserError(
          "%s: Swarm gave the update up: %s: %s"
              .formatted(service, state, now.path("UpdateStatus").path("Message").asString("")));
    }
    JsonNode spec = now.path("Spec");
    String image = spec.path("TaskTemplate").path("ContainerSpec").path("Image").asString("");
    int wanted = spec.path("Mode").path("Replicated").path("Replicas").asInt(0);
    int running = 0;
    List<String> others = new ArrayList<>();
    for (JsonNode task : engine.get("/tasks", Filters.of("service", service).query())) {
      String is = task.path("Status").path("State").asString("");
      boolean right =
          task.path("Spec").path("ContainerSpec").path("Image").asString("").equals(image)
              && task.path("DesiredState").asString("").equals("running");
      if (right && is.equals("running")) {
        running++;
      } else if (!ENDED.contains(is)) {
        others.add(is);
      }
    }
    boolean all = wanted == 0 ? running > 0 : running == wanted;
    return all && others.isEmpty() && !state.equals("updating")
        ? Optional.empty()
        : Optional.of("%d of %d tasks run, others are %s".formatted(running, wanted, others));
  }

  private void change(UnaryOperator<ObjectNode> change) {
    new ServiceUpdates(engine).change(service, change);
  }

  private static ObjectNode labelled(
      ObjectNode spec, Map<String, String> set, Set<String> removed) {
    removed.forEach(name -> label(spec, name, null));
    set.forEach((name, value) -> label(spec, name, value));
    return spec;
  }

  private static ObjectNode label(ObjectNode spec, String name, @Nullable String value) {
    ObjectNode labels = spec.withObjectProperty("Labels");
    if (value == null) {
      labels.remove(name);
    } else {
      labels.put(name, value);
    }
    return spec;
  }

  private static ObjectNode image(ObjectNode spec, String image) {
    spec.withObjectProperty("TaskTemplate").withObjectProperty("ContainerSpec").put("Image", image);
    return spec;
  }

  private static ObjectNode replicas(ObjectNode spec, int count) {
    spec.withObjectProperty("Mode").withObjectProperty("Replicated").put("Replicas", count);
    return spec;
  }
}
