package dev.weir.console.web;

import dev.weir.console.model.Entity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Nodes, services, the balancer and the whole of a played swarm, as entities.
final class PlayedSummary {
  private PlayedSummary() {}

  static Entity node(int node, @Nullable Long down, RandomGenerator random, long nowMillis) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", PlayedSwarm.nodeId(node));
    fields.put("name", "node" + node);
    fields.put("role", node < 3 ? "manager" : "worker");
    fields.put("leader", node == 0);
    fields.put("state", down == null ? "ready" : "down");
    fields.put("availability", "active");
    fields.put("address", "10.1.%d.%d".formatted(node / 250, node % 250 + 1));
    fields.put("cpus", 8);
    fields.put("memory", 16L << 30);
    fields.put("engine", "27.3.1");
    fields.put("reservedCpus", 4);
    fields.put("reservedMemory", 6L << 30);
    if (down == null) {
      fields.put("usedCpus", Math.round(random.nextDouble(1, 7) * 100) / 100.0);
      fields.put("usedMemory", (3L << 30) + random.nextLong(8L << 30));
      fields.put("usageAge", 1.5);
    } else {
      fields.put("downSince", down);
      fields.put("problem", "no heartbeat for %d s".formatted((nowMillis - down) / 1000 + 15));
    }
    return Entity.of("node/" + PlayedSwarm.nodeId(node), fields);
  }

  static Entity service(
      int service, int running, int desired, int inFlight, @Nullable String paused) {
    double p99 = 120 + inFlight * 400.0 / Math.max(1, running * 8);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", PlayedSwarm.serviceId(service));
    fields.put("name", PlayedSwarm.serviceName(service));
    fields.put("stack", "shop");
    fields.put("mode", "replicated");
    fields.put("image", "registry.example/shop/" + PlayedSwarm.serviceName(service) + ":1.4.2");
    fields.put("ports", List.of((8000 + service) + "->80/tcp"));
    fields.put("desired", desired);
    fields.put("running", running);
    fields.put("wanted", desired);
    fields.put("range", "1-80");
    fields.put("scaleMode", service % 3 == 0 ? "act" : "advise");
    fields.put("scaledBy", service % 3 == 0 ? "weir" : null);
    fields.put("paused", paused);
    fields.put("why", "p99 %.0f ms of 300 ms with %d replicas".formatted(p99, running));
    fields.put("promise", "p99<300ms");
    fields.put("kept", p99 < 300);
    fields.put("p50", 48);
    fields.put("p99", Math.round(p99));
    fields.put("predicted", Math.round(p99 * .96));
    fields.put("utilisation", .61);
    fields.put("arrivals", running * 12.5);
    fields.put("scv", 1.1);
    fields.put("queued", Math.max(0, inFlight - running * 4));
    fields.put("inFlight", inFlight);
    fields.put("refused", 0);
    fields.put("policy", "weir");
    fields.put("workSeconds", .042);
    fields.put("serviceSeconds", .048);
    fields.put("hue", service * 47 % 360);
    return Entity.of("service/" + PlayedSwarm.serviceId(service), fields);
  }

  static Entity balancer(int services, long nowMillis) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", "weir-1");
    fields.put("address", "10.1.0.1:8001");
    fields.put("version", "0.1.0");
    fields.put("connections", 812);
    fields.put("knownAt", nowMillis);
    fields.put("services", IntStream.range(0, services).mapToObj(PlayedSwarm::serviceId).toList());
    return Entity.of("balancer/weir-1", fields);
  }

  static Entity cluster(int nodes, int down, int[] running, int[] desired, long nowMillis) {
    var fields = new LinkedHashMap<String, Object>();
    int all = IntStream.of(running).sum();
    fields.put("id", "played");
    fields.put("engine", "27.3.1");
    fields.put("version", "0.1.0");
    fields.put("nodesReady", nodes - down);
    fields.put("nodes", nodes);
    fields.put("managersReachable", Math.min(3, nodes));
    fields.put("managers", Math.min(3, nodes));
    fields.put("knownAt", nowMillis);
    fields.put("source", "played");
    fields.put("missing", List.of());
    fields.put("writes", true);
    fields.put("promisesKept", running.length);
    fields.put("promises", running.length);
    fields.put("arrivals", all * 12.5);
    fields.put("queued", 3);
    fields.put("running", all);
    fields.put("desired", IntStream.of(desired).sum());
    return Entity.of("cluster", fields);
  }
}
