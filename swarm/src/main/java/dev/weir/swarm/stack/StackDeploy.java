package dev.weir.swarm.stack;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.ServiceUpdates;
import dev.weir.swarm.stack.DeployOptions.ResolveImage;
import dev.weir.swarm.stack.convert.ImageName;
import dev.weir.swarm.stack.convert.StackNames;
import dev.weir.swarm.stack.convert.StackPlan;
import dev.weir.swarm.stack.read.Stack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Deploys a stack to a swarm: networks, secrets, configs, then services.
///
/// Existing objects are changed in place, except networks, which Swarm cannot change. Running
/// replica counts are kept by default: an autoscaler or a person set them, and resetting them would
/// remove capacity under load.
public final class StackDeploy {
  private final Engine engine;
  private final DeployOptions options;
  private final Consumer<String> say;

  /// @param say takes one line for each action
  public StackDeploy(Engine engine, DeployOptions options, Consumer<String> say) {
    this.engine = engine;
    this.options = options;
    this.say = say;
  }

  /// Deploys, and returns the IDs of the services by name in the swarm.
  ///
  /// @throws IllegalArgumentException if the stack cannot be deployed; nothing was sent
  /// @throws UserError if something outside of the stack is missing
  /// @throws EngineException if the Engine refuses
  public Map<String, String> deploy(Stack stack, String name) {
    StackPlan plan = StackPlan.of(stack, name);
    if (options.contentNames()) {
      plan = ContentNames.apply(plan);
    }
    checkReplicas(stack);
    checkManager();
    if (options.prune()) {
      prune(plan);
    }
    plan.externalNetworks().forEach(this::checkNetwork);
    networks(plan);
    plan.secrets().forEach(body -> file("secrets", body));
    plan.configs().forEach(body -> file("configs", body));
    Map<String, String> deployed = services(plan);
    if (options.contentNames()) {
      ContentNames.removeOld(engine, plan);
    }
    return deployed;
  }

  private void checkReplicas(Stack stack) {
    for (String service : options.replicas().keySet()) {
      if (!stack.services().containsKey(service)) {
        throw new IllegalArgumentException(
            "--replicas: %s (expected: one of the services %s)"
                .formatted(service, String.join(", ", stack.services().keySet())));
      }
    }
  }

  private void checkManager() {
    JsonNode swarm = engine.get("/info").path("Swarm");
    if (!swarm.path("ControlAvailable").asBoolean(false)) {
      throw new UserError(
          ("%s: not a swarm manager, its swarm state being %s (expected: a manager; run"
                  + " `docker swarm init` there, add --init-swarm, or name a manager with --host)")
              .formatted(engine.address(), swarm.path("LocalNodeState").asString("unknown")));
    }
  }

  private void prune(StackPlan plan) {
    Set<String> keep = new HashSet<>();
    plan.services().keySet().forEach(service -> keep.add(plan.names().scoped(service)));
    for (JsonNode service : engine.get("/services", ofStack(plan.names().stack()))) {
      String name = service.path("Spec").path("Name").asString();
      if (!keep.contains(name)) {
        say.accept("Removing service " + name);
        engine.delete("/services/" + service.path("ID").asString(), Map.of());
      }
    }
  }

  /// The filter for everything of a stack.
  static Map<String, String> ofStack(String stack) {
    return Filters.of("label", StackNames.NAMESPACE + "=" + stack).query();
  }

  private void checkNetwork(String network) {
    if (!StackNames.isUserDefined(network)) {
      return;
    }
    try {
      String scope = engine.get("/networks/" + network).path("Scope").asString("");
      if (!scope.equals("swarm")) {
        throw new UserError(
            "network %s: is external and of scope %s (expected: swarm; make it with `docker network create -d overlay`)"
                .formatted(network, scope));
      }
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      throw new UserError(
          "network %s: is external and not there (make it with `docker network create -d overlay %s`)"
              .formatted(network, network),
          e);
    }
  }

  private void networks(StackPlan plan) {
    Set<String> known = new HashSet<>();
    for (JsonNode network : engine.get("/networks", ofStack(plan.names().stack()))) {
      known.add(network.path("Name").asString());
    }
    for (ObjectNode body : plan.networks()) {
      String name = body.path("Name").asString();
      if (known.contains(name)) {
        continue;
      }
      ObjectNode sent = body.deepCopy();
      if (isOlderThan(44)) {
        sent.put("CheckDuplicate", true);
      }
      say.accept("Creating network " + name);
      engine.post("/networks/create", Map.of(), sent);
    }
  }

  private boolean isOlderThan(int minor) {
    return Integer.parseInt(engine.apiVersion().substring(2)) < minor;
  }

  /// Makes a secret or config, or updates its labels. Its content cannot change in Swarm.
  private void file(String section, ObjectNode body) {
    String name = body.path("Name").asString();
    String kind = section.substring(0, section.length() - 1);
    JsonNode found;
    try {
      found = engine.get("/" + section + "/" + name);
    } catch (EngineException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      say.accept("Creating %s %s".formatted(kind, name));
      engine.post("/" + section + "/create", Map.of(), body);
      return;
    }
    String version = found.path("Version").path("Index").asString("0");
    try {
      engine.post(
          "/%s/%s/update".formatted(section, found.path("ID").asString()),
          Map.of("version", version),
          body);
    } catch (EngineException e) {
      if (!e.message().contains("only updates to Labels")) {
        throw e;
      }
      throw new UserError(
          ("%s %s: its content changed, and Swarm keeps that of an existing one (give it another"
                  + " `name`, or deploy with --content-names)")
              .formatted(kind, name),
          e);
    }
  }

  private Map<String, String> services(StackPlan plan) {
    Map<String, JsonNode> existing = new HashMap<>();
    for (JsonNode service : engine.get("/services", ofStack(plan.names().stack()))) {
      existing.put(service.path("Spec").path("Name").asString(), service);
    }
    ObjectIds ids = new ObjectIds(engine);
    Map<String, String> deployed = new LinkedHashMap<>();
    Map<String, ObjectNode> specs = new LinkedHashMap<>();
    plan.services().forEach((service, spec) -> specs.put(service, ids.filled(service, spec)));
    Set<String> kept = new TreeSet<>();
    specs.forEach((service, spec) -> {
      scale(spec, options.replicas().get(service));
      String name = spec.path("Name").asString();
      JsonNode old = existing.get(name);
      String id = old == null ? create(name, spec) : update(service, old, spec, kept);
      deployed.put(name, id);
    });
    if (!kept.isEmpty()) {
      say.accept(
          "Kept the running replica counts of %s (--reset-replicas sets those of the file)"
              .formatted(String.join(", ", kept)));
    }
    return deployed;
  }

  private static void scale(ObjectNode spec, @Nullable Long replicas) {
    if (replicas == null) {
      return;
    }
    if (!(spec.path("Mode").path("Replicated") instanceof ObjectNode replicated)) {
      throw new IllegalArgumentException(
          "--replicas: %s is not in mode replicated".formatted(spec.path("Name").asString()));
    }
    replicated.put("Replicas", replicas);
  }

  private String create(String name, ObjectNode spec) {
    Map<String, String> auth = auth(spec);
    image(spec, options.resolve() != ResolveImage.NEVER, auth);
    say.accept("Creating service " + name);
    return engine.post("/services/create", Map.of(), spec, auth).path("ID").asString();
  }

  private String update(String service, JsonNode old, ObjectNode spec, Set<String> kept) {
    Map<String, String> auth = auth(spec);
    String image = container(spec).path("Image").asString();
    boolean same =
        image.equals(old.path("Spec").path("Labels").path(StackNames.IMAGE).asString(""));
    ResolveImage resolve = options.resolve();
    if (same && resolve != ResolveImage.ALWAYS) {
      container(spec).set("Image", container(old.path("Spec")).path("Image"));
      image(spec, false, auth);
    } else {
      image(spec, resolve != ResolveImage.NEVER, auth);
    }
    say.accept("Updating service " + spec.path("Name").asString());
    boolean keep = !options.resetReplicas() && !options.replicas().containsKey(service);
    new ServiceUpdates(engine)
        .change(
            old.path("ID").asString(),
            before -> after(before, spec, keep, () -> kept.add(service)),
            auth);
    return old.path("ID").asString();
  }

  /// The new spec, with what a redeploy keeps: the counter of forced updates, and the running
  /// replica count.
  private static ObjectNode after(
      ObjectNode before, ObjectNode spec, boolean keep, Runnable noteKept) {
    ObjectNode after = spec.deepCopy();
    JsonNode force = before.path("TaskTemplate").path("ForceUpdate");
    if (!force.isMissingNode() && after.path("TaskTemplate") instanceof ObjectNode task) {
      task.set("ForceUpdate", force);
    }
    JsonNode running = before.path("Mode").path("Replicated").path("Replicas");
    if (keep
        && running.isNumber()
        && after.path("Mode").path("Replicated") instanceof ObjectNode replicated) {
      if (running.asLong() != replicated.path("Replicas").asLong(1)) {
        noteKept.run();
        replicated.set("Replicas", running);
      }
    }
    return after;
  }

  private Map<String, String> auth(ObjectNode spec) {
    return options.registryAuth().apply(container(spec).path("Image").asString());
  }

  private static ObjectNode container(JsonNode spec) {
    return (ObjectNode) spec.path("TaskTemplate").path("ContainerSpec");
  }

  /// Gives the image its tag and optionally its digest, so that all nodes run the same image.
  private void image(ObjectNode spec, boolean resolve, Map<String, String> auth) {
    ObjectNode container = container(spec);
    String image = ImageName.tagged(container.path("Image").asString());
    container.put("Image", image);
    if (!resolve) {
      return;
    }
    try {
      JsonNode found = ImageDigests.ask(engine, image, auth);
      container.put(
          "Image", ImageName.pinned(image, found.path("Descriptor").path("digest").asString()));
      ImageDigests.platforms(found, spec);
    } catch (EngineException _) {
      say.accept(
          "image %s: no registry knows its digest; each node takes what it finds under that name"
              .formatted(image));
    }
  }
}
