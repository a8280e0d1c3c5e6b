package dev.weir.console.web;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A swarm of any size that only exists as pictures: tasks work, fail and are replaced, nodes go
/// down and come back, decisions and events are noted. Thread-safe.
final class PlayedSwarm {
  private static final int TASKS_OF_SERVICE = 40;
  private static final long ENDED_MILLIS = 300_000;
  private static final int EVENTS_MAX = 500;
  private static final List<String> NAMES =
      List.of(
          "cart", "search", "mail", "login", "image", "price", "stock", "order", "feed", "auth");

  private final int nodes;
  private final RandomGenerator random;
  private final List<PlayedTask> tasks = new ArrayList<>();
  private final TreeMap<String, Entity> shown = new TreeMap<>();
  private final TreeMap<Integer, Long> downSince = new TreeMap<>();
  private final Map<Integer, String> paused = new LinkedHashMap<>();
  private final int services;
  private int made;
  private int noted;

  PlayedSwarm(int nodes, int tasks, RandomGenerator random, long nowMillis) {
    this.nodes = nodes;
    this.random = random;
    this.services = tasks == 0 ? 0 : Math.max(1, tasks / TASKS_OF_SERVICE);
    for (int i = 0; i < tasks; i++) {
      add(i % services, i / services + 1, nowMillis - 3_600_000 + random.nextInt(3_000_000));
    }
    for (int node = 0; node < nodes; node++) {
      show(node(node, nowMillis));
    }
    this.tasks.forEach(task -> show(task.entity()));
    refresh(nowMillis);
  }

  static String serviceId(int service) {
    return "svc%022d".formatted(service);
  }

  static String serviceName(int service) {
    return "shop_" + NAMES.get(service % NAMES.size()) + (service < 10 ? "" : service / 10);
  }

  static String nodeId(int node) {
    return "node%021d".formatted(node);
  }

  /// Some tasks work; now and then one fails, or a node goes or comes.
  ///
  /// @param changes how many tiles change
  synchronized Picture next(int changes, long nowMillis) {
    for (int i = 0; i < changes && !tasks.isEmpty(); i++) {
      PlayedTask task = tasks.get(random.nextInt(tasks.size()));
      if (task.state.equals("preparing")) {
        task.state = "running";
        task.sinceMillis = nowMillis;
      } else if (task.isRunning() && random.nextInt(500) == 0) {
        fail(task, nowMillis);
      } else if (task.isRunning()) {
        task.work(random);
      }
      show(task.entity());
    }
    if (nodes > 3 && random.nextInt(120) == 0) {
      turn(1 + random.nextInt(nodes - 1), nowMillis);
    }
    tasks.removeIf(task -> forget(task, nowMillis));
    refresh(nowMillis);
    return picture(nowMillis);
  }

  synchronized Picture picture(long nowMillis) {
    return new Picture(nowMillis, shown);
  }

  synchronized void scale(String serviceId, int replicas, String who, long nowMillis) {
    for (int service = 0; service < services; service++) {
      if (serviceId(service).equals(serviceId)) {
        int one = service;
        var own = tasks.stream().filter(t -> t.service == one && t.isRunning()).toList();
        for (int i = own.size(); i < replicas; i++) {
          show(add(service, i + 1, nowMillis).entity());
        }
        own.stream()
            .skip(replicas)
            .forEach(task -> {
              task.end("", nowMillis);
              task.state = "shutdown";
              show(task.entity());
            });
        decide(service, own.size(), replicas, "asked for", who, nowMillis);
      }
    }
  }

  synchronized void pause(String serviceId, String reason) {
    for (int service = 0; service < services; service++) {
      if (serviceId(service).equals(serviceId)) {
        paused.put(service, reason);
      }
    }
  }

  synchronized void resume(String serviceId) {
    paused.keySet().removeIf(service -> serviceId(service).equals(serviceId));
  }

  private PlayedTask add(int service, int slot, long nowMillis) {
    int node = nodes == 0 ? 0 : (made * 7 + service) % nodes;
    var task = new PlayedTask("task%021d".formatted(made++), service, slot, node, nowMillis);
    tasks.add(task);
    return task;
  }

  private void fail(PlayedTask task, long nowMillis) {
    task.end("task: non-zero exit (137): the kernel's out-of-memory killer <ended> it", nowMillis);
    PlayedTask next = add(task.service, task.slot, nowMillis);
    next.state = "preparing";
    show(next.entity());
    note(
        "task",
        task.id,
        serviceName(task.service) + "." + task.slot + " failed",
        "error",
        nowMillis);
    int count =
        (int) tasks.stream().filter(t -> t.service == task.service && t.isRunning()).count();
    decide(
        task.service, count, count + 1, "p99 412 ms > 300 ms at 84 req/s", "autoscaler", nowMillis);
  }

  private void turn(int node, long nowMillis) {
    boolean back = downSince.remove(node) != null;
    if (!back) {
      downSince.put(node, nowMillis);
    }
    show(node(node, nowMillis));
    note(
        "node",
        nodeId(node),
        "node" + node + (back ? " is ready" : " is down"),
        back ? "info" : "error",
        nowMillis);
  }

  private boolean forget(PlayedTask task, long nowMillis) {
    boolean isOver = !task.error.isEmpty() || task.state.equals("shutdown");
    boolean forgotten = isOver && nowMillis - task.sinceMillis > ENDED_MILLIS;
    if (forgotten) {
      shown.remove("task/" + task.id);
    }
    return forgotten;
  }

  private void decide(int service, int from, int to, String why, String by, long nowMillis) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("n", ++noted);
    fields.put("at", nowMillis);
    fields.put("service", serviceId(service));
    fields.put("from", from);
    fields.put("to", to);
    fields.put("done", true);
    fields.put("why", why);
    fields.put("by", by);
    show(Entity.of("decision/" + noted, fields));
    shown.remove("decision/" + (noted - EVENTS_MAX));
  }

  private void note(String kind, String subject, String text, String level, long nowMillis) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("n", ++noted);
    fields.put("at", nowMillis);
    fields.put("kind", kind);
    fields.put("subject", subject);
    fields.put("text", text);
    fields.put("level", level);
    show(Entity.of("event/" + noted, fields));
    shown.remove("event/" + (noted - EVENTS_MAX));
  }

  private void show(Entity entity) {
    shown.put(entity.key(), entity);
  }

  /// Services, the balancer and the cluster as a whole.
  private void refresh(long nowMillis) {
    int[] running = new int[services];
    int[] inFlight = new int[services];
    int[] desired = new int[services];
    for (PlayedTask task : tasks) {
      running[task.service] += task.isRunning() ? 1 : 0;
      desired[task.service] += task.isRunning() || task.state.equals("preparing") ? 1 : 0;
      inFlight[task.service] += task.inFlight();
    }
    for (int i = 0; i < services; i++) {
      show(PlayedSummary.service(i, running[i], desired[i], inFlight[i], paused.get(i)));
    }
    show(PlayedSummary.balancer(services, nowMillis));
    show(PlayedSummary.cluster(nodes, downSince.size(), running, desired, nowMillis));
  }

  private Entity node(int node, long nowMillis) {
    return PlayedSummary.node(node, downSince.get(node), random, nowMillis);
  }
}
