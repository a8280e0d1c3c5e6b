package dev.weir.swarm.stack.read;

import static dev.weir.swarm.stack.read.SchemaType.formatted;
import static dev.weir.swarm.stack.read.SchemaType.items;
import static dev.weir.swarm.stack.read.SchemaType.key;
import static dev.weir.swarm.stack.read.SchemaType.keys;
import static dev.weir.swarm.stack.read.SchemaType.leaf;
import static dev.weir.swarm.stack.read.SchemaType.oneOf;
import static dev.weir.swarm.stack.read.SchemaType.since;
import static dev.weir.swarm.stack.read.SchemaType.uniqueItems;

import dev.weir.swarm.stack.read.SchemaType.Format;
import dev.weir.swarm.stack.read.SchemaType.Keys;
import dev.weir.swarm.stack.read.SchemaType.Kind;
import java.util.Set;

/// The schema of Compose files 3.0 to 3.13: every key, its values, and its first version.
final class ComposeSchema {
  /// The newest minor version, which also holds for files without one.
  static final int LATEST = 13;

  private static final String NAME = "[a-zA-Z0-9._-]+";

  private static final SchemaType TEXT = leaf(Kind.STRING);
  private static final SchemaType FLAG = leaf(Kind.BOOLEAN);
  private static final SchemaType INTEGER = leaf(Kind.INTEGER);
  private static final SchemaType NUMBER = leaf(Kind.NUMBER);
  private static final SchemaType DURATION = formatted(Format.DURATION, Kind.STRING);
  private static final SchemaType TEXTS = uniqueItems(TEXT);
  private static final SchemaType TEXT_OR_TEXTS = oneOf(TEXT, TEXTS);
  private static final SchemaType COMMAND = oneOf(TEXT, items(TEXT));
  private static final SchemaType PAIRS =
      oneOf(keys().others("(?s).+", leaf(Kind.STRING, Kind.NUMBER, Kind.NULL)), TEXTS);
  private static final SchemaType OPTIONS =
      keys().others(".+", leaf(Kind.STRING, Kind.NUMBER)).lenient();

  private static final SchemaType BUILD = oneOf(TEXT, buildKeys());
  private static final SchemaType OPEN_BUILD = oneOf(TEXT, buildKeys().lenient());

  private static final SchemaType FILE_REFERENCES =
      items(
          oneOf(
              TEXT,
              keys(
                      key("source", TEXT),
                      key("target", TEXT),
                      key("uid", TEXT),
                      key("gid", TEXT),
                      key("mode", NUMBER))
                  .lenient()));

  private static final SchemaType SHORT_PORTS =
      uniqueItems(formatted(Format.PORTS, Kind.STRING, Kind.NUMBER));
  private static final SchemaType PORTS =
      uniqueItems(
          oneOf(
              formatted(Format.PORTS, Kind.STRING, Kind.NUMBER),
              keys(
                  key("mode", TEXT),
                  key("target", INTEGER),
                  key("published", INTEGER),
                  key("protocol", TEXT))));

  private static final SchemaType VOLUMES =
      items(
          oneOf(
              TEXT,
              keys(
                      key("type", TEXT),
                      key("source", TEXT),
                      key("target", TEXT),
                      key("read_only", FLAG),
                      key("consistency", TEXT),
                      key("bind", keys(key("propagation", TEXT)).lenient()),
                      key("volume", keys(key("nocopy", FLAG)).lenient()),
                      since(6, "tmpfs", keys(key("size", INTEGER)).lenient()))
                  .requiring("type")));

  private static final SchemaType NETWORKS =
      oneOf(
          TEXTS,
          keys()
              .others(
                  NAME,
                  keys(
                          key("aliases", TEXTS),
                          since(13, "driver_opts", OPTIONS),
                          key("ipv4_address", TEXT),
                          key("ipv6_address", TEXT))
                      .orNull()));

  private static final SchemaType ULIMITS =
      keys()
          .others(
              "[a-z]+",
              oneOf(
                  INTEGER,
                  keys(key("hard", INTEGER), key("soft", INTEGER)).requiring("soft", "hard")))
          .lenient();

  private static final SchemaType LOGGING =
      keys(
          key("driver", TEXT),
          key("options", keys().others(".+", leaf(Kind.STRING, Kind.NUMBER, Kind.NULL)).lenient()));

  private static final SchemaType HEALTHCHECK =
      keys(
          key("disable", FLAG),
          key("interval", DURATION),
          key("retries", NUMBER),
          key("test", COMMAND),
          key("timeout", DURATION),
          since(4, "start_period", DURATION),
          since(12, "start_interval", DURATION));

  private static final SchemaType GENERIC_RESOURCES =
      items(keys(key("discrete_resource_spec", keys(key("kind", TEXT), key("value", NUMBER)))));

  private static final SchemaType RESOURCES =
      keys(
          key("limits", keys(key("cpus", TEXT), key("memory", TEXT), since(9, "pids", INTEGER))),
          key(
              "reservations",
              keys(
                  key("cpus", TEXT),
                  key("memory", TEXT),
                  since(5, "generic_resources", GENERIC_RESOURCES))));

  private static final SchemaType DEPLOY =
      keys(
              key("mode", TEXT),
              since(2, "endpoint_mode", TEXT),
              key("replicas", INTEGER),
              key("labels", PAIRS),
              since(7, "rollback_config", updateKeys()),
              key("update_config", updateKeys()),
              key("resources", RESOURCES),
              key(
                  "restart_policy",
                  keys(
                      key("condition", TEXT),
                      key("delay", DURATION),
                      key("max_attempts", INTEGER),
                      key("window", DURATION))),
              key(
                  "placement",
                  keys(
                      key("constraints", items(TEXT)),
                      since(3, "preferences", items(keys(key("spread", TEXT)))),
                      since(8, "max_replicas_per_node", INTEGER))))
          .orNull();

  private static final Keys SERVICE = service().extensionsSince(7);

  /// The whole file.
  static final Keys FILE =
      keys(
              key("version", TEXT),
              key("services", keys().others(NAME, SERVICE)),
              key("networks", keys().others(NAME, network()).lenient()),
              key("volumes", keys().others(NAME, volume())),
              since(1, "secrets", keys().others(NAME, fileObject(true))),
              since(3, "configs", keys().others(NAME, fileObject(false))))
          .extensionsSince(4);

  private ComposeSchema() {}

  private static Keys buildKeys() {
    return keys(
        key("context", TEXT),
        key("dockerfile", TEXT),
        key("args", PAIRS),
        since(3, "labels", PAIRS),
        since(2, "cache_from", TEXTS),
        since(4, "network", TEXT),
        since(4, "target", TEXT),
        since(5, "shm_size", leaf(Kind.INTEGER, Kind.STRING)),
        since(9, "extra_hosts", PAIRS));
  }

  private static Keys updateKeys() {
    return keys(
        key("parallelism", INTEGER),
        key("delay", DURATION),
        key("failure_action", TEXT),
        key("monitor", DURATION),
        key("max_failure_ratio", NUMBER),
        since(4, "order", new SchemaType.Choice(Set.of("start-first", "stop-first"))));
  }

  private static Keys service() {
    return keys(
        key("deploy", DEPLOY),
        key("build", BUILD),
        since(11, "build", OPEN_BUILD),
        key("cap_add", TEXTS),
        key("cap_drop", TEXTS),
        since(9, "cgroupns_mode", TEXT),
        key("cgroup_parent", TEXT),
        key("command", COMMAND),
        since(3, "configs", FILE_REFERENCES),
        key("container_name", TEXT),
        since(
            3,
            "credential_spec",
            keys(since(8, "config", TEXT), key("file", TEXT), key("registry", TEXT))),
        key("depends_on", TEXTS),
        key("devices", TEXTS),
        key("dns", TEXT_OR_TEXTS),
        key("dns_search", TEXT_OR_TEXTS),
        key("domainname", TEXT),
        key("entrypoint", COMMAND),
        key("env_file", TEXT_OR_TEXTS),
        key("environment", PAIRS),
        key("expose", uniqueItems(leaf(Kind.STRING, Kind.NUMBER))),
        key("external_links", TEXTS),
        key("extra_hosts", PAIRS),
        key("healthcheck", HEALTHCHECK),
        key("hostname", TEXT),
        key("image", TEXT),
        since(7, "init", FLAG),
        key("ipc", TEXT),
        since(5, "isolation", TEXT),
        key("labels", PAIRS),
        key("links", TEXTS),
        key("logging", LOGGING),
        key("mac_address", TEXT),
        key("network_mode", TEXT),
        key("networks", NETWORKS),
        since(13, "oom_score_adj", INTEGER),
        key("pid", leaf(Kind.STRING, Kind.NULL)),
        key("ports", SHORT_PORTS),
        since(2, "ports", PORTS),
        key("privileged", FLAG),
        key("read_only", FLAG),
        key("restart", TEXT),
        key("security_opt", TEXTS),
        key("shm_size", leaf(Kind.NUMBER, Kind.STRING)),
        since(1, "secrets", FILE_REFERENCES),
        key("sysctls", PAIRS),
        key("stdin_open", FLAG),
        key("stop_grace_period", DURATION),
        key("stop_signal", TEXT),
        key("tmpfs", TEXT_OR_TEXTS),
        key("tty", FLAG),
        key("ulimits", ULIMITS),
        key("user", TEXT),
        key("userns_mode", TEXT),
        key("volumes", TEXTS),
        since(2, "volumes", VOLUMES),
        key("working_dir", TEXT));
  }

  private static SchemaType network() {
    return keys(
            since(5, "name", TEXT),
            key("driver", TEXT),
            key("driver_opts", OPTIONS),
            key("ipam", keys(key("driver", TEXT), key("config", items(keys(key("subnet", TEXT)))))),
            key("external", oneOf(FLAG, keys(key("name", TEXT)))),
            key("internal", FLAG),
            since(2, "attachable", FLAG),
            key("labels", PAIRS))
        .extensionsSince(7)
        .orNull();
  }

  private static SchemaType volume() {
    return keys(
            since(4, "name", TEXT),
            key("driver", TEXT),
            key("driver_opts", OPTIONS),
            key("external", oneOf(FLAG, keys(key("name", TEXT)))),
            key("labels", PAIRS),
            since(10, "x-cluster-spec", clusterSpec()))
        .extensionsSince(7)
        .orNull();
  }

  private static SchemaType clusterSpec() {
    SchemaType topologies = items(keys(key("segments", PAIRS)).lenient());
    SchemaType mount = keys(key("fs_type", TEXT), key("mount_flags", items(TEXT))).lenient();
    return keys(
            key("group", TEXT),
            key(
                "access_mode",
                keys(
                        key("scope", TEXT),
                        key("sharing", TEXT),
                        key("block_volume", keys().lenient()),
                        key("mount_volume", mount))
                    .lenient()),
            key(
                "accessibility_requirements",
                keys(key("requisite", topologies), key("preferred", topologies)).lenient()),
            key(
                "capacity_range",
                keys(key("required_bytes", TEXT), key("limit_bytes", TEXT)).lenient()),
            key("availability", TEXT))
        .lenient();
  }

  private static SchemaType fileObject(boolean secret) {
    SchemaType external = oneOf(FLAG, keys(key("name", TEXT)).lenient());
    Keys shared =
        keys(
            since(5, "name", TEXT),
            key("file", TEXT),
            key("external", external),
            key("labels", PAIRS),
            since(8, "template_driver", TEXT));
    Keys more = keys(since(8, "driver", TEXT), since(8, "driver_opts", OPTIONS));
    return (secret ? shared.and(more) : shared).extensionsSince(7);
  }
}
