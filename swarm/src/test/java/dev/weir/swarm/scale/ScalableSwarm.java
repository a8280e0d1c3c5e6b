package dev.weir.swarm.scale;

import dev.weir.swarm.engine.FakeEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of a swarm that autoscaling reads and writes: one service with its tasks, and configs;
/// with versions, and the Engine's own words for what is wrong.
final class ScalableSwarm implements FakeEngine.Handler {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ObjectNode spec = JSON.createObjectNode();
  private final List<ObjectNode> tasks = new ArrayList<>();
  private ObjectNode config = JSON.createObjectNode();
  private String update = "";
  private String refusal = "";
  private int refusalStatus = 500;
  private long version = 10;
  private int serviceWrites;

  ScalableSwarm(int replicas) {
    spec.put("Name", "web");
    spec.putObject("Labels");
    spec.putObject("Mode").putObject("Replicated").put("Replicas", replicas);
    spec.putObject("TaskTemplate").putObject("ContainerSpec").put("Image", "web:1");
  }

  synchronized int replicas() {
    return spec.path("Mode").path("Replicated").path("Replicas").asInt();
  }

  /// As `docker service scale` does.
  synchronized void scale(int replicas) {
    ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
    version++;
  }

  synchronized String label(String name) {
    return spec.path("Labels").path(name).asString("");
  }

  synchronized int serviceWrites() {
    return serviceWrites;
  }

  /// The state of the service's last update from now on; empty for none.
  synchronized void updating(String state) {
    update = state;
  }

  /// With what words every write is refused from now on; empty for none.
  synchronized void refuses(String words) {
    refusal = words;
    refusalStatus = 500;
  }

  /// With what words every write is forbidden from now on; empty for none.
  synchronized void forbids(String words) {
    refusal = words;
    refusalStatus = 403;
  }

  synchronized void task(int slot, String desired, String state, String error) {
    ObjectNode task = JSON.createObjectNode().put("ID", "t" + tasks.size());
    task.put("ServiceID", "s1").put("Slot", slot).put("DesiredState", desired);
    task.put("CreatedAt", "2026-11-28T10:00:%02dZ".formatted(10 + tasks.size()));
    task.putObject("Status").put("State", state).put("Err", error);
    tasks.add(task);
  }

  synchronized void noTasks() {
    tasks.clear();
  }

  synchronized JsonNode service() {
    ObjectNode service = JSON.createObjectNode().put("ID", "s1");
    service.putObject("Version").put("Index", version);
    service.put("UpdatedAt", "2026-11-28T10:00:00Z");
    service.set("Spec", spec.deepCopy());
    if (!update.isEmpty()) {
      service.putObject("UpdateStatus").put("State", update);
    }
    return service;
  }

  @Override
  public synchronized void respond(FakeEngine.Request request, FakeEngine.Response response)
      throws IOException {
    boolean isWrite = request.method().equals("POST");
    if (isWrite && !refusal.isEmpty()) {
      response.json(refusalStatus, "{\"message\":\"%s\"}".formatted(refusal));
      return;
    }
    switch (request.line()) {
      case "GET /services/s1" -> response.json(200, service().toString());
      case "POST /services/s1/update" -> update(request, response);
      case "GET /tasks" -> response.json(200, taskList().toString());
      case "GET /configs/weir-scaler" -> {
        if (config.isEmpty()) {
          response.json(404, "{\"message\":\"config weir-scaler not found\"}");
        } else {
          response.json(200, config.toString());
        }
      }
      case "POST /configs/create" -> {
        config = JSON.createObjectNode().put("ID", "c1");
        config.putObject("Version").put("Index", version);
        config.set("Spec", JSON.readTree(request.text()));
        response.json(201, "{\"ID\":\"c1\"}");
      }
      case "POST /configs/c1/update" -> updateConfig(request, response);
      default -> response.json(404, "{\"message\":\"page not found\"}");
    }
  }

  private ArrayNode taskList() {
    ArrayNode list = JSON.createArrayNode();
    tasks.forEach(list::add);
    return list;
  }

  private boolean isStale(FakeEngine.Request request, long present, FakeEngine.Response response)
      throws IOException {
    boolean isStale = Long.parseLong(request.query().getOrDefault("version", "0")) != present;
    if (isStale) {
      response.json(
          500, "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}");
    }
    return isStale;
  }

  private void update(FakeEngine.Request request, FakeEngine.Response response) throws IOException {
    if (!isStale(request, version, response)) {
      spec.removeAll();
      spec.setAll((ObjectNode) JSON.readTree(request.text()));
      version++;
      serviceWrites++;
      response.json(200, "{\"Warnings\":null}");
    }
  }

  private void updateConfig(FakeEngine.Request request, FakeEngine.Response response)
      throws IOException {
    long present = config.path("Version").path("Index").asLong();
    if (!isStale(request, present, response)) {
      config.set("Spec", JSON.readTree(request.text()));
      config.putObject("Version").put("Index", present + 1);
      response.json(200, "{}");
    }
  }
}
