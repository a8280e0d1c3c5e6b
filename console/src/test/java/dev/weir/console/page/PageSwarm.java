package dev.weir.console.page;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A made-up swarm, as the console's sources would describe it; tests change single fields.
final class PageSwarm {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long GIB = 1L << 30;

  private final Map<String, Map<String, @Nullable Object>> things = new TreeMap<>();
  private final long start = System.currentTimeMillis();
  private long at = start;

  /// A swarm without services.
  static PageSwarm empty(int nodes) {
    var swarm = new PageSwarm();
    for (int i = 1; i <= nodes; i++) {
      swarm.put("node/n" + i, node(i));
    }
    return swarm.counted();
  }

  /// Three nodes under load: `shop_web` keeps its promise, `shop_api` does not and starts two more
  /// tasks, one of which has no node; another of its tasks has failed.
  static PageSwarm loaded() {
    PageSwarm swarm = empty(3);
    swarm.service("web", "shop_web", 0).tasks("web", 3, 3);
    swarm.service("api", "shop_api", 137).tasks("api", 4, 3);
    swarm.service("db", "shop_db", 275).tasks("db", 1, 3);
    swarm.change("service/db", swarm::plain);
    swarm.set("task/db1", "inFlight", null).set("task/db1", "limit", null);
    swarm.change("service/api", swarm::overloaded);
    swarm.put("task/api5", swarm.task("api", 5, "n2", "starting"));
    swarm.put(
        "task/api6", with(swarm.task("api", 6, null, "pending"), "error", "no suitable node"));
    swarm.put("task/apix", swarm.failed());
    swarm.put("event/1", swarm.event(1, "task/apix", "shop_api.3 on n3 failed: exit 137", "error"));
    swarm.put("event/2", swarm.event(2, "task/web1", "shop_web.1 runs on n1", "info"));
    swarm.put("decision/1", swarm.decision());
    return swarm.counted();
  }

  /// Many nodes and services, with the same number of tasks on each node.
  static PageSwarm of(int nodes, int services, int tasksOfEach) {
    PageSwarm swarm = empty(nodes);
    for (int i = 0; i < services; i++) {
      String id = "s%d-".formatted(i);
      swarm.service(id, "stack%d_service%02d".formatted(i % 4, i), i * 137 % 360);
      for (int k = 0; k < tasksOfEach; k++) {
        int node = (i * tasksOfEach + k) % nodes + 1;
        swarm.put("task/" + id + (k + 1), swarm.task(id, k + 1, "n" + node, "running"));
      }
    }
    return swarm.counted();
  }

  /// The swarm at the instant of the last change.
  Picture picture() {
    List<Entity> entities = new ArrayList<>();
    things.forEach((key, fields) -> entities.add(Entity.of(key, fields)));
    return Picture.of(at, entities);
  }

  /// Lets time go on, in the picture alone.
  PageSwarm later(long millis) {
    at += millis;
    return counted();
  }

  /// Sets a field of one thing.
  PageSwarm set(String key, String field, @Nullable Object value) {
    return change(key, fields -> with(fields, field, value));
  }

  /// Takes one thing away.
  PageSwarm remove(String key) {
    things.remove(key);
    return this;
  }

  /// Puts the same text where users choose one.
  PageSwarm named(String text) {
    things.forEach((key, fields) -> {
      for (String field :
          List.of(
              "name",
              "image",
              "error",
              "stack",
              "why",
              "text",
              "subject",
              "by",
              "problem",
              "address",
              "policy",
              "source",
              "failure",
              "limitReason",
              "health")) {
        if (fields.containsKey(field)) {
          fields.put(field, text);
        }
      }
      if (fields.containsKey("ports")) {
        fields.put("ports", List.of(text));
      }
    });
    set("node/n1", "problem", text).set("cluster", "failure", text);
    set("cluster", "missing", List.of(text))
        .set("service/api", "update", Map.of("state", "updating", "message", text));
    return this;
  }

  private PageSwarm change(String key, UnaryOperator<Map<String, @Nullable Object>> change) {
    things.compute(
        key, (_, fields) -> change.apply(new LinkedHashMap<>(fields == null ? Map.of() : fields)));
    return this;
  }

  private void put(String key, Map<String, @Nullable Object> fields) {
    things.put(key, fields);
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> fields, String field, @Nullable Object value) {
    fields.put(field, value);
    return fields;
  }

  private Map<String, @Nullable Object> fieldsOf(String key) {
    return things.getOrDefault(key, Map.of());
  }

  @SuppressWarnings("unchecked") // an object's keys are texts
  private static Map<String, @Nullable Object> read(String json) {
    return JSON.readValue(json, LinkedHashMap.class);
  }

  private static Map<String, @Nullable Object> node(int i) {
    return read(
        """
        {"id": "n%1$d", "name": "n%1$d", "role": "%2$s", "leader": %3$b, "state": "ready",
         "availability": "active", "address": "10.0.0.%1$d", "cpus": 4.0, "memory": %4$d,
         "engine": "27.5.1", "reservedCpus": 2.0, "reservedMemory": %5$d, "usedCpus": %6$.2f,
         "usedMemory": %7$d, "usageAge": 0}
        """
            .formatted(
                i,
                i == 1 ? "manager" : "worker",
                i == 1,
                8 * GIB,
                2 * GIB,
                1.25 + .35 * ((i - 1) % 6),
                (3 + (i - 1) % 4) * GIB));
  }

  private PageSwarm service(String id, String name, int hue) {
    put(
        "service/" + id,
        read(
            """
            {"id": "%1$s", "name": "%2$s", "stack": "%3$s", "mode": "replicated",
             "image": "registry.example.com/shop/%1$s:1.2", "ports": ["8080:80/tcp"],
             "desired": 3, "running": 3, "wanted": 3, "range": "2..20", "scaleMode": "act",
             "scaledBy": "weir", "why": "3 replicas keep p99<300ms", "promise": "p99<300ms",
             "kept": true, "p50": 0.048, "p99": 0.212, "predicted": 0.205, "utilisation": 0.62,
             "arrivals": 38.4, "scv": 1.2, "queued": 0, "inFlight": 3, "refused": 0,
             "policy": "weir", "workSeconds": 0.06, "serviceSeconds": 0.062, "hue": %4$d}
            """
                .formatted(id, name, name.substring(0, name.indexOf('_')), hue)));
    return this;
  }

  private void tasks(String service, int count, int nodes) {
    for (int i = 1; i <= count; i++) {
      put("task/" + service + i, task(service, i, "n" + ((i - 1) % nodes + 1), "running"));
    }
  }

  private Map<String, @Nullable Object> task(
      String service, int slot, @Nullable String node, String state) {
    String name = String.valueOf(fieldsOf("service/" + service).get("name"));
    var task =
        read(
            """
            {"id": "%1$s%2$d", "service": "%1$s", "name": "%3$s.%2$d", "slot": %2$d,
             "state": "%4$s", "desired": "running", "since": %5$d, "createdAt": %5$d,
             "image": "shop/%1$s:1.2", "addresses": ["10.1.0.%2$d"]}
            """
                .formatted(service, slot, name, state, start - 600_000));
    task.put("node", node);
    if (state.equals("running")) {
      task.putAll(
          read(
              """
              {"cpu": 0.4, "memory": 314572800, "inFlight": %d, "limit": 5, "knee": 4,
               "limitReason": "learned", "health": "eligible", "serviceSeconds": 0.06,
               "succeeded": 12000, "failed": 3}
              """
                  .formatted(slot < 3 ? 2 : slot * 3 % 6)));
    }
    return task;
  }

  /// What no balancer serves.
  private Map<String, @Nullable Object> plain(Map<String, @Nullable Object> service) {
    service.keySet().retainAll(Set.of("id", "name", "stack", "mode", "image", "ports", "hue"));
    service.putAll(read("{\"desired\": 1, \"running\": 1}"));
    return service;
  }

  private Map<String, @Nullable Object> overloaded(Map<String, @Nullable Object> service) {
    service.putAll(
        read(
            """
            {"desired": 6, "running": 4, "wanted": 6, "promise": "p99<150ms", "kept": false,
             "p99": 0.231, "queued": 14, "inFlight": 19, "utilisation": 0.94, "arrivals": 112.0,
             "why": "6 replicas: with 4 p99 is 231 ms, as 71 % of the requests wait"}
            """));
    return service;
  }

  private Map<String, @Nullable Object> failed() {
    Map<String, @Nullable Object> task = task("api", 3, "n3", "failed");
    task.putAll(
        read(
            """
            {"id": "apix", "desired": "shutdown", "since": %d, "exitCode": 137,
             "error": "task: non-zero exit (137): OOM killed"}
            """
                .formatted(start - 20_000)));
    return task;
  }

  private Map<String, @Nullable Object> event(int n, String subject, String text, String level) {
    return read(
        """
        {"n": %d, "at": %d, "kind": "task", "subject": "%s", "text": "%s", "level": "%s"}
        """
            .formatted(n, start - 20_000, subject, text, level));
  }

  private Map<String, @Nullable Object> decision() {
    return read(
        """
        {"n": 1, "at": %d, "service": "api", "from": 4, "to": 6, "done": "set",
         "why": "backlog: 14 requests wait", "by": "weir on n1"}
        """
            .formatted(start - 4_000));
  }

  /// The sums of the strip.
  private PageSwarm counted() {
    put(
        "cluster",
        read(
            """
            {"id": "c1", "engine": "27.5.1", "version": "0.1.0", "missing": [], "writes": true,
             "source": "unix:///var/run/docker.sock", "knownAt": %d, "nodes": %d, "nodesReady": %d,
             "managers": %4$d, "managersReachable": %4$d, "promises": %5$d, "promisesKept": %6$d,
             "arrivals": %7$.1f, "queued": %8$.0f, "running": %9$.0f, "desired": %10$.0f}
            """
                .formatted(
                    at,
                    count("node/", "id", null),
                    count("node/", "state", "ready"),
                    count("node/", "role", "manager"),
                    count("service/", "promise", null),
                    count("service/", "kept", true),
                    sum("arrivals"),
                    sum("queued"),
                    sum("running"),
                    sum("desired"))));
    return this;
  }

  private long count(String kind, String field, @Nullable Object value) {
    return things.entrySet().stream()
        .filter(thing -> thing.getKey().startsWith(kind) && thing.getValue().containsKey(field))
        .filter(thing -> value == null || value.equals(thing.getValue().get(field)))
        .count();
  }

  private double sum(String field) {
    return things.entrySet().stream()
        .filter(thing -> thing.getKey().startsWith("service/"))
        .mapToDouble(thing ->
            thing.getValue().get(field) instanceof Number number ? number.doubleValue() : 0)
        .sum();
  }
}
