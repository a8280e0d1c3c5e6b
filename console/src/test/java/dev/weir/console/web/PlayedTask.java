package dev.weir.console.web;

import dev.weir.console.model.Entity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/// A task of a played swarm.
final class PlayedTask {
  final String id;
  final int service;
  final int slot;
  final int node;
  String state = "running";
  String error = "";
  long sinceMillis;
  private double cpu = .3;
  private long memory = 90L << 20;
  private int inFlight;
  private long succeeded;

  PlayedTask(String id, int service, int slot, int node, long sinceMillis) {
    this.id = id;
    this.service = service;
    this.slot = slot;
    this.node = node;
    this.sinceMillis = sinceMillis;
  }

  boolean isRunning() {
    return state.equals("running");
  }

  int inFlight() {
    return inFlight;
  }

  /// Its figures move.
  void work(RandomGenerator random) {
    cpu = Math.clamp(cpu + random.nextGaussian() * .08, 0, 1.9);
    memory = Math.clamp(memory + (long) (random.nextGaussian() * (2 << 20)), 20L << 20, 250L << 20);
    inFlight = random.nextInt(9);
    succeeded += 1 + random.nextInt(40);
  }

  void end(String why, long nowMillis) {
    state = "failed";
    error = why;
    sinceMillis = nowMillis;
    inFlight = 0;
  }

  Entity entity() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", id);
    fields.put("service", PlayedSwarm.serviceId(service));
    fields.put("name", PlayedSwarm.serviceName(service) + "." + slot);
    fields.put("slot", slot);
    fields.put("node", PlayedSwarm.nodeId(node));
    fields.put("state", state);
    fields.put("desired", isRunning() || state.equals("preparing") ? "running" : "shutdown");
    fields.put("since", sinceMillis);
    fields.put("createdAt", sinceMillis - 4_000);
    fields.put("image", "registry.example/shop/" + PlayedSwarm.serviceName(service) + ":1.4.2");
    if (isRunning()) {
      fields.put("addresses", List.of("10.0.%d.%d".formatted(service, slot % 250 + 2)));
      fields.put("cpu", Math.round(cpu * 1000) / 1000.0);
      fields.put("memory", memory);
      fields.put("inFlight", inFlight);
      fields.put("limit", 8);
      fields.put("knee", 6);
      fields.put("limitReason", "learned from 4,210 responses");
      fields.put("health", "eligible");
      fields.put("serviceSeconds", .042);
      fields.put("succeeded", succeeded);
      fields.put("failed", 0);
    }
    if (!error.isEmpty()) {
      fields.put("error", error);
      fields.put("exitCode", 137);
    }
    return Entity.of("task/" + id, fields);
  }
}
