package dev.weir.swarm.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The single service of a swarm: its versions, the refusal of stale ones in the Engine's words,
/// and how often its tasks were started anew.
final class FakeServices implements FakeEngine.Handler {
  /// As Engine 20.10.24 responds.
  private static final String STALE =
      "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}";

  private ObjectNode spec;
  private long version = 10;
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger conflicts = new AtomicInteger();
  final AtomicInteger restarts = new AtomicInteger();

  FakeServices(String spec) {
    this.spec =
        (ObjectNode) EngineJson.parse(spec.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  synchronized ObjectNode spec() {
    return spec.deepCopy();
  }

  @Override
  public synchronized void respond(FakeEngine.Request request, FakeEngine.Response response)
      throws IOException {
    switch (request.line()) {
      case "GET /services/web", "GET /services/s1" -> response.json(200, service());
      case "POST /services/s1/update" -> update(request, response);
      default -> response.json(404, "{\"message\":\"service nope not found\"}");
    }
  }

  private String service() {
    ObjectNode service = EngineJson.object().put("ID", "s1");
    service.putObject("Version").put("Index", version);
    service.set("Spec", spec);
    return service.toString();
  }

  private void update(FakeEngine.Request request, FakeEngine.Response response) throws IOException {
    if (Long.parseLong(request.query().getOrDefault("version", "")) != version) {
      conflicts.incrementAndGet();
      response.json(500, STALE);
      return;
    }
    JsonNode next = EngineJson.parse(request.body());
    if (!next.path("TaskTemplate").equals(spec.path("TaskTemplate"))) {
      restarts.incrementAndGet();
    }
    spec = (ObjectNode) next;
    version += 3; // a roll bumps it more than once
    writes.incrementAndGet();
    response.json(200, "{\"Warnings\":null}");
  }
}
