package dev.weir.swarm.monitor;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.ServiceUpdates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Installs the monitor on a swarm and removes it. Everything it creates carries a label, by which
/// it is found again.
public final class Monitor {
  private static final Filters LABELLED = Filters.of("label", MonitorNames.LABEL);
  private static final Duration GONE_MAX = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
  private static final int DIGEST_CHARACTERS = 12;

  private final Engine engine;

  /// The monitor of a manager's swarm.
  public Monitor(Engine engine) {
    this.engine = engine;
  }

  /// The swarm's own id, which stays the same when managers change.
  ///
  /// @throws UserError if the engine is not a manager of a swarm
  public String swarm() {
    JsonNode swarm = engine.get("/info").path("Swarm");
    String id = swarm.path("Cluster").path("ID").asString("");
    if (id.isEmpty()) {
      throw new UserError(
          "%s: is not a manager of a swarm (expected: a manager; see --host, or docker swarm init)"
              .formatted(engine.address()));
    }
    return id;
  }

  /// Whether the agent's service exists, with its secrets.
  public boolean hasAgent() {
    return service(MonitorNames.AGENT)
        .map(spec -> spec.path("TaskTemplate").path("ContainerSpec").path("Secrets").size() > 0)
        .orElse(false);
  }

  /// Creates what is missing and updates what differs. A second start changes nothing.
  ///
  /// @param secrets new ones for the agent; absent to keep the existing ones
  /// @param onSecretsTaken runs once the agent's service uses the new secrets, even if a later step
  ///   fails
  /// @param registryAuth headers that let nodes pull an image, by the image
  public void start(
      MonitorPlan plan,
      Optional<AgentSecrets> secrets,
      Runnable onSecretsTaken,
      Function<String, Map<String, String>> registryAuth) {
    String network = network(plan.encrypted());
    plan.agentImage()
        .ifPresent(image ->
            put(
                MonitorSpecs.agent(
                    plan, image, network, secrets.map(this::create).orElseGet(this::standing)),
                registryAuth.apply(image)));
    if (secrets.isPresent() && plan.agentImage().isPresent()) {
      onSecretsTaken.run();
    }
    plan.cadvisorImage()
        .ifPresent(
            image -> put(MonitorSpecs.cadvisor(plan, image, network), registryAuth.apply(image)));
    if (plan.agentImage().isEmpty()) {
      removeService(MonitorNames.AGENT);
    }
    if (plan.cadvisorImage().isEmpty()) {
      removeService(MonitorNames.CADVISOR);
    }
    if (secrets.isPresent() || plan.agentImage().isEmpty()) {
      removeSecrets(new LinkedHashSet<>(standing().values()));
    }
  }

  /// Removes everything, and waits until it is gone from the nodes.
  ///
  /// @return a line for each removed object
  /// @throws UserError if something is still in use
  public List<String> stop() {
    var removed = new ArrayList<String>();
    var ids = new ArrayList<String>();
    for (JsonNode service : engine.get("/services", LABELLED.query())) {
      ids.add(service.path("ID").asString());
      engine.delete("/services/" + service.path("ID").asString(), Map.of());
      removed.add("service " + service.path("Spec").path("Name").asString());
    }
    awaitGone(ids);
    for (JsonNode secret : engine.get("/secrets", LABELLED.query())) {
      engine.delete("/secrets/" + secret.path("ID").asString(), Map.of());
      removed.add("secret " + secret.path("Spec").path("Name").asString());
    }
    for (JsonNode network : engine.get("/networks", LABELLED.query())) {
      removeNetwork(network.path("Id").asString());
      removed.add("network " + network.path("Name").asString());
    }
    return removed;
  }

  private String network(boolean encrypted) {
    JsonNode found = engine.get("/networks", Filters.of("name", MonitorNames.NETWORK).query());
    for (JsonNode network : found) {
      if (network.path("Name").asString("").equals(MonitorNames.NETWORK)) {
        return network.path("Id").asString();
      }
    }
    return engine
        .post("/networks/create", Map.of(), MonitorSpecs.network(encrypted))
        .path("Id")
        .asString();
  }

  /// Secrets cannot change, so their names come from their content.
  private Map<String, String> create(AgentSecrets secrets) {
    List<String> contents = List.of(secrets.certificate(), secrets.key(), secrets.authority());
    var ids = new LinkedHashMap<String, String>();
    for (int i = 0; i < contents.size(); i++) {
      byte[] content = contents.get(i).getBytes(StandardCharsets.US_ASCII);
      String file = MonitorSpecs.SECRET_FILES.get(i).replace(".pem", "");
      String name = "weir-%s-%s".formatted(file, digest(content));
      String base64 = Base64.getEncoder().encodeToString(content);
      ids.put(
          name,
          engine
              .post("/secrets/create", Map.of(), MonitorSpecs.secret(name, base64))
              .path("ID")
              .asString());
    }
    return ids;
  }

  /// The secrets of the agent's service, ids by name, in order.
  private Map<String, String> standing() {
    var ids = new LinkedHashMap<String, String>();
    service(MonitorNames.AGENT)
        .ifPresent(spec -> {
          for (JsonNode one : spec.path("TaskTemplate").path("ContainerSpec").path("Secrets")) {
            ids.put(one.path("SecretName").asString(), one.path("SecretID").asString());
          }
        });
    return ids;
  }

  private void removeSecrets(Set<String> kept) {
    for (JsonNode secret : engine.get("/secrets", LABELLED.query())) {
      String id = secret.path("ID").asString();
      if (!kept.contains(id)) {
        engine.delete("/secrets/" + id, Map.of());
      }
    }
  }

  private Optional<JsonNode> service(String name) {
    try {
      return Optional.of(engine.get("/services/" + name).path("Spec"));
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void put(ObjectNode spec, Map<String, String> headers) {
    String name = spec.path("Name").asString();
    Optional<JsonNode> standing = service(name);
    if (standing.isEmpty()) {
      engine.post("/services/create", Map.of(), spec, headers);
      return;
    }
    if (!standing.get().path("Labels").has(MonitorNames.LABEL)) {
      throw new UserError(
          "monitor start: a service named %s is there already, and not Weir's (rename or remove it)"
              .formatted(name));
    }
    new ServiceUpdates(engine).change(name, before -> changed(before, spec), headers);
  }

  /// The new spec, with the Engine's additions to the existing one.
  private static ObjectNode changed(ObjectNode before, ObjectNode wanted) {
    ObjectNode after = before.deepCopy();
    ObjectNode task = (ObjectNode) after.path("TaskTemplate");
    ObjectNode container = (ObjectNode) task.path("ContainerSpec");
    JsonNode wantedTask = wanted.path("TaskTemplate");
    wantedTask
        .path("ContainerSpec")
        .properties()
        .forEach(field -> {
          boolean sameImage =
              field.getKey().equals("Image")
                  && container
                      .path("Image")
                      .asString("")
                      .startsWith(field.getValue().asString() + "@");
          if (!sameImage) {
            container.set(field.getKey(), field.getValue());
          }
        });
    if (wantedTask.has("Resources") && !task.has("Resources")) {
      task.set("Resources", wantedTask.path("Resources"));
    }
    after.set("EndpointSpec", wanted.path("EndpointSpec"));
    return after;
  }

  private void removeService(String name) {
    service(name)
        .filter(spec -> spec.path("Labels").has(MonitorNames.LABEL))
        .ifPresent(_ -> engine.delete("/services/" + name, Map.of()));
  }

  /// Containers of a removed service live on for some seconds and keep its network in use.
  private void awaitGone(List<String> services) {
    long deadlineNanos = System.nanoTime() + GONE_MAX.toNanos();
    for (String id : services) {
      while (hasTasks(id) && System.nanoTime() < deadlineNanos) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private boolean hasTasks(String service) {
    try {
      return !engine.get("/tasks", Filters.of("service", service).query()).isEmpty();
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void removeNetwork(String id) {
    long deadlineNanos = System.nanoTime() + GONE_MAX.toNanos();
    while (true) {
      try {
        engine.delete("/networks/" + id, Map.of());
        return;
      } catch (EngineException e) {
        if (e.reason() == Reason.NOT_FOUND) {
          return;
        }
        if (System.nanoTime() > deadlineNanos) {
          throw new UserError(
              "monitor stop: network %s: %s (disconnect what uses it, and stop again)"
                  .formatted(MonitorNames.NETWORK, e.message()),
              e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }
}
