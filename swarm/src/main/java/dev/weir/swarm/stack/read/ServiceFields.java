package dev.weir.swarm.stack.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a service.
final class ServiceFields {
  private static final Fields.Struct UPDATE =
      Fields.struct(
          Map.of(
              "parallelism", Fields.COUNT,
              "delay", Fields.DURATION,
              "failure_action", Fields.TEXT,
              "monitor", Fields.DURATION,
              "max_failure_ratio", Fields.RATIO,
              "order", Fields.TEXT));

  private static final Field GENERIC_RESOURCE =
      Fields.struct(
          Map.of(
              "discrete_resource_spec",
              Fields.struct(Map.of("kind", Fields.TEXT, "value", Fields.SIGNED))));

  private static final Field LIMITS =
      Fields.struct(Map.of("cpus", Fields.TEXT, "memory", Fields.SIZE, "pids", Fields.SIGNED));

  private static final Field RESERVATIONS =
      Fields.struct(
          Map.of(
              "cpus", Fields.TEXT,
              "memory", Fields.SIZE,
              "generic_resources", Fields.listOf(GENERIC_RESOURCE)));

  private static final Fields.Struct RESOURCES =
      Fields.struct(Map.of("limits", LIMITS, "reservations", RESERVATIONS));

  private static final Fields.Struct DEPLOY =
      Fields.struct(
          Map.of(
              "mode",
              Fields.TEXT,
              "endpoint_mode",
              Fields.TEXT,
              "replicas",
              Fields.COUNT,
              "labels",
              Fields.LABELS,
              "rollback_config",
              UPDATE,
              "update_config",
              UPDATE,
              "resources",
              RESOURCES,
              "restart_policy",
              Fields.struct(
                  Map.of(
                      "condition", Fields.TEXT,
                      "delay", Fields.PAUSE,
                      "max_attempts", Fields.COUNT,
                      "window", Fields.PAUSE)),
              "placement",
              Fields.struct(
                  Map.of(
                      "constraints", Fields.TEXTS,
                      "preferences", Fields.listOf(Fields.struct(Map.of("spread", Fields.RAW))),
                      "max_replicas_per_node", Fields.POSITIVE))));

  private static final Fields.Struct HEALTHCHECK =
      Fields.struct(
          Map.of(
              "test", Fields.HEALTH_TEST,
              "disable", Fields.FLAG,
              "retries", Fields.COUNT,
              "interval", Fields.PAUSE,
              "timeout", Fields.PAUSE,
              "start_period", Fields.PAUSE,
              "start_interval", Fields.PAUSE));

  private static final Fields.Struct LOGGING_KEYS =
      Fields.struct(Map.of("driver", Fields.TEXT, "options", Fields.LABELS));

  private static final Fields.Struct ATTACHMENT =
      Fields.struct(
          Map.of(
              "aliases", Fields.TEXTS,
              "driver_opts", Fields.LABELS,
              "ipv4_address", Fields.TEXT,
              "ipv6_address", Fields.TEXT));

  private static final Fields.Struct PORT =
      Fields.struct(
          Map.of(
              "mode", Fields.TEXT,
              "target", Fields.POSITIVE,
              "published", Fields.POSITIVE,
              "protocol", Fields.TEXT));

  private static final Fields.Struct REFERENCE =
      Fields.struct(
          Map.of(
              "source", Fields.TEXT,
              "target", Fields.TEXT,
              "uid", Fields.TEXT,
              "gid", Fields.TEXT,
              "mode", Fields.COUNT));

  private static final Field FILE_REFERENCE =
      (value, fileProblems, path) ->
          value instanceof String source
              ? Map.of("source", source)
              : REFERENCE.read(value, fileProblems, path);

  /// All keys of a service.
  static final Fields.Struct SERVICE = Fields.struct(all());

  private ServiceFields() {}

  private static Map<String, Field> all() {
    Map<String, Field> fields = new HashMap<>();
    for (String text :
        List.of(
            "cgroupns_mode",
            "cgroup_parent",
            "container_name",
            "domainname",
            "hostname",
            "image",
            "ipc",
            "isolation",
            "mac_address",
            "network_mode",
            "pid",
            "restart",
            "shm_size",
            "stop_signal",
            "user",
            "userns_mode",
            "working_dir")) {
      fields.put(text, Fields.TEXT);
    }
    for (String texts :
        List.of(
            "cap_add",
            "cap_drop",
            "depends_on",
            "devices",
            "dns",
            "dns_search",
            "env_file",
            "expose",
            "external_links",
            "links",
            "security_opt",
            "tmpfs")) {
      fields.put(texts, Fields.TEXTS);
    }
    for (String flag : List.of("privileged", "read_only", "stdin_open", "tty")) {
      fields.put(flag, Fields.FLAG);
    }
    lists(fields);
    mappings(fields);
    return fields;
  }

  private static void lists(Map<String, Field> fields) {
    fields.put("build", Fields.RAW);
    fields.put("command", Fields.COMMAND);
    fields.put("entrypoint", Fields.COMMAND);
    fields.put("configs", new KeyedList(FILE_REFERENCE, "source"));
    fields.put("secrets", new KeyedList(FILE_REFERENCE, "source"));
    fields.put("ports", new KeyedList(null, "published"));
    fields.put("volumes", new KeyedList(MountFields.MOUNT, "target"));
  }

  private static void mappings(Map<String, Field> fields) {
    fields.put(
        "credential_spec",
        Fields.struct(Map.of("config", Fields.TEXT, "file", Fields.TEXT, "registry", Fields.TEXT)));
    fields.put("deploy", DEPLOY);
    fields.put("environment", Fields.ENVIRONMENT);
    fields.put("extra_hosts", Fields.field((value, _, _) -> hosts(value), Fields::append));
    fields.put("healthcheck", HEALTHCHECK);
    fields.put("init", Fields.SWITCH);
    fields.put("labels", Fields.LABELS);
    fields.put("logging", Fields.field(LOGGING_KEYS, ServiceFields::logging));
    fields.put("networks", Fields.field(ServiceFields::networks, ServiceFields::attachments));
    fields.put("stop_grace_period", Fields.PAUSE);
    fields.put("sysctls", Fields.LABELS);
    fields.put("ulimits", Fields.field(ServiceFields::ulimits, Fields::overlay));
    fields.put(
        "oom_score_adj",
        (_, fileProblems, path) -> {
          fileProblems.warn(path, "has no effect: the docker CLI takes it and never sends it");
          return null;
        });
  }

  private static List<Object> hosts(Object value) {
    List<String> written = new ArrayList<>();
    new TreeMap<>(Values.map(value))
        .forEach((host, address) -> {
          if (address != null) {
            written.add(host + ":" + Values.text(address));
          }
        });
    written.sort(Comparator.naturalOrder());
    for (Object item : Values.list(value)) {
      String text = Values.text(item);
      int cut = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
      if (cut >= 0) {
        written.add(text.substring(0, cut) + ":" + text.substring(cut + 1));
      }
    }
    List<Object> hosts = new ArrayList<>();
    for (String text : written) {
      int cut = text.indexOf(':');
      String address = text.substring(cut + 1);
      boolean bracketed = address.length() > 2 && address.startsWith("[") && address.endsWith("]");
      hosts.add(
          text.substring(0, cut + 1)
              + (bracketed ? address.substring(1, address.length() - 1) : address));
    }
    return hosts;
  }

  /// With the same driver (or only one named) options are merged; with another driver the later one
  /// replaces all.
  private static Object logging(Object base, Object over) {
    Object first = Values.map(base).get("driver");
    Object second = Values.map(over).get("driver");
    if (first != null && second != null && !first.equals(second)) {
      return over;
    }
    Map<String, @Nullable Object> out = new LinkedHashMap<>(Values.map(base));
    if (first == null && second != null) {
      out.put("driver", second);
    }
    Object options = Values.map(over).get("options");
    Object known = out.get("options");
    if (known != null && options != null) {
      out.put("options", Fields.overlay(known, options));
    }
    return out;
  }

  private static Map<String, @Nullable Object> networks(
      Object value, FileProblems fileProblems, String path) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    for (Object name : Values.list(value)) {
      out.put(Values.text(name), null);
    }
    Values.map(value)
        .forEach((name, keys) ->
            out.put(
                name,
                keys == null ? null : ATTACHMENT.read(keys, fileProblems, Paths.key(path, name))));
    return out;
  }

  /// As in the docker CLI, a later file's aliases replace, its addresses override, and its driver
  /// options are ignored.
  private static Object attachments(Object base, Object over) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>(Values.map(base));
    Values.map(over)
        .forEach((name, keys) -> {
          if (out.get(name) == null) {
            out.put(name, keys);
          } else if (keys != null) {
            Map<String, @Nullable Object> joined = new LinkedHashMap<>(Values.map(out.get(name)));
            Map<String, @Nullable Object> later = new LinkedHashMap<>(Values.map(keys));
            later.remove("driver_opts");
            joined.remove("aliases");
            joined.putAll(later);
            out.put(name, joined);
          }
        });
    return out;
  }

  private static Map<String, @Nullable Object> ulimits(
      Object value, FileProblems fileProblems, String path) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    Values.map(value)
        .forEach((name, limit) -> {
          Map<String, @Nullable Object> pair = Values.map(limit);
          Object soft = limit instanceof Map ? pair.get("soft") : limit;
          Object hard = limit instanceof Map ? pair.get("hard") : limit;
          if (soft instanceof Long && hard instanceof Long) {
            out.put(name, Map.of("soft", soft, "hard", hard));
          } else {
            fileProblems.at(Paths.key(path, name), "must be an integer, or soft and hard integers");
          }
        });
    return out;
  }

  /// A list whose entries a later file replaces by key. As in the docker CLI, once two files name
  /// the service, one entry per key remains, sorted by key: two protocols of one published port
  /// become one.
  private record KeyedList(@Nullable Field item, String key) implements Field {
    @Override
    public Object read(Object value, FileProblems fileProblems, String path) {
      return item == null
          ? ports(value, fileProblems, path)
          : Fields.each(value, item, fileProblems, path);
    }

    @Override
    public Object merge(Object base, @Nullable Object over) {
      Map<Object, Object> byKey =
          new TreeMap<>((first, second) ->
              first instanceof Long one && second instanceof Long other
                  ? one.compareTo(other)
                  : first.toString().compareTo(second.toString()));
      for (Object each : (List<?>) base) {
        put(each, byKey);
      }
      for (Object each : Values.list(over)) {
        if (each != null) {
          put(each, byKey);
        }
      }
      return new ArrayList<>(byKey.values());
    }

    private void put(Object entry, Map<Object, Object> byKey) {
      Object known = Values.map(entry).get(key);
      byKey.put(known == null ? (key.equals("published") ? (Object) 0L : "") : known, entry);
    }

    private static List<Object> ports(Object value, FileProblems fileProblems, String path) {
      List<Object> out = new ArrayList<>();
      int index = 0;
      for (Object entry : Values.list(value)) {
        String at = Paths.item(path, index++);
        switch (entry) {
          case Map<?, ?> map -> out.add(PORT.read(map, fileProblems, at));
          case String text -> shortPorts(text, fileProblems, at, out);
          case Long number -> shortPorts(number.toString(), fileProblems, at, out);
          case null, default ->
              fileProblems.at(at, "`%s` is not a port".formatted(Values.text(entry)));
        }
      }
      return out;
    }

    private static void shortPorts(
        String text, FileProblems fileProblems, String at, List<Object> out) {
      try {
        for (ShortPorts.Port port : ShortPorts.parse(text, ShortPorts.PUBLISHED_MAX - out.size())) {
          if (!port.address().isEmpty() && !port.address().matches("[0:.]+")) {
            fileProblems.warn(
                at,
                "Swarm publishes on every address; %s is not kept to".formatted(port.address()));
          }
          Map<String, Object> keys = new LinkedHashMap<>();
          keys.put("mode", "ingress");
          keys.put("target", (long) port.target());
          if (port.published() != 0) {
            keys.put("published", (long) port.published());
          }
          keys.put("protocol", port.protocol());
          out.add(keys);
        }
      } catch (IllegalArgumentException e) {
        fileProblems.at(at, "`%s`: %s".formatted(text, e.getMessage()));
      }
    }
  }
}
