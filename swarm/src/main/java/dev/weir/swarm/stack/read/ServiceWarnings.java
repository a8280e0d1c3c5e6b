package dev.weir.swarm.stack.read;

import java.util.List;
import java.util.Map;

/// Keys of a service that Swarm does not know: some are refused with a replacement, some have no
/// effect, which is reported.
final class ServiceWarnings {
  private static final String LIMITS = "limits go under `deploy.resources`";
  private static final Map<String, String> FORBIDDEN =
      Map.of(
          "extends", "write the keys out, or share them with a YAML anchor",
          "volume_driver", "name the driver of a volume under the top-level `volumes`",
          "volumes_from", "share a volume by naming it under the top-level `volumes`",
          "cpu_quota", LIMITS,
          "cpu_shares", LIMITS,
          "cpuset", LIMITS,
          "mem_limit", LIMITS,
          "memswap_limit", LIMITS);

  private static final List<String> UNSUPPORTED =
      List.of(
          "build",
          "cgroupns_mode",
          "cgroup_parent",
          "devices",
          "domainname",
          "external_links",
          "ipc",
          "links",
          "mac_address",
          "network_mode",
          "pid",
          "privileged",
          "security_opt",
          "shm_size",
          "tmpfs",
          "userns_mode");

  private static final Map<String, String> DEPRECATED =
      Map.of(
          "container_name", "a service has many containers, which Swarm names",
          "expose", "services on one network reach all ports of each other anyway",
          "depends_on", "Swarm starts services in no order; let them wait for what they need");

  private ServiceWarnings() {}

  /// Whether a path belongs to a refused key, which is already reported.
  static boolean isForbidden(String path) {
    String[] steps = path.split("\\.", -1);
    return steps.length == 3 && steps[0].equals("services") && FORBIDDEN.containsKey(steps[2]);
  }

  /// Reports every refused key.
  static void forbidden(FileProblems fileProblems) {
    Values.map(fileProblems.file().root().get("services"))
        .forEach((name, service) ->
            Values.map(service)
                .keySet()
                .forEach(key -> {
                  String instead = FORBIDDEN.get(key);
                  if (instead != null) {
                    fileProblems.at(path(name, key), "Swarm does not know it; " + instead);
                  }
                }));
  }

  static void ignored(FileProblems fileProblems) {
    Values.map(fileProblems.file().root().get("services"))
        .forEach((name, service) ->
            Values.map(service)
                .forEach((key, _) -> ignored(name, key, Values.map(service), fileProblems)));
  }

  private static void ignored(
      String name, String key, Map<String, ?> service, FileProblems fileProblems) {
    String path = path(name, key);
    if (UNSUPPORTED.contains(key)) {
      fileProblems.warn(path, "has no effect in a swarm");
    }
    String reason = DEPRECATED.get(key);
    if (reason != null) {
      fileProblems.warn(path, "has no effect: " + reason);
    }
    if (key.equals("restart") && Values.map(service.get("deploy")).containsKey("restart_policy")) {
      fileProblems.warn(path, "has no effect beside `deploy.restart_policy`");
    }
  }

  private static String path(String name, String key) {
    return Paths.key(Paths.key("services", name), key);
  }
}
