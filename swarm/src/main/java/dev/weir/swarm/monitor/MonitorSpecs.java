package dev.weir.swarm.monitor;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The specs of the monitor's services and network, as the Engine takes them.
final class MonitorSpecs {
  /*
   * Both services are global and published in host mode: the routing mesh would respond for any
   * node. The endpoint mode is dnsrr, since a virtual address over all nodes is useless too.
   *
   * The agent sees only the engine's socket and the control groups of the node, both mounted
   * read-only. It has no capability and no writable file. A read-only socket file does not make the
   * engine's API read-only; it is the agent that only reads and lets nobody else through.
   *
   * cAdvisor's usual recipe also mounts /dev/disk and the engine's data folder. Both serve only
   * figures of disks. A mount of a missing folder fails the task, and many nodes lack /dev/disk.
   * All else is below /rootfs.
   */
  static final int AGENT_PORT = 7070;
  static final int CADVISOR_PORT = 8080;
  static final List<String> SECRET_FILES = List.of("agent.pem", "agent-key.pem", "ca.pem");

  private static final long MEBIBYTE = 1L << 20;
  private static final long AGENT_MEMORY_BYTES = 256 * MEBIBYTE;
  private static final long RESTART_DELAY_NANOS = 2_000_000_000L;
  private static final int OWNER_READS = 0400;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MonitorSpecs() {}

  static ObjectNode network(boolean encrypted) {
    ObjectNode network = JSON.objectNode();
    network.put("Name", MonitorNames.NETWORK).put("Driver", "overlay").put("Attachable", true);
    network.putObject("Labels").put(MonitorNames.LABEL, "network");
    if (encrypted) {
      network.putObject("Options").put("encrypted", "");
    }
    return network;
  }

  static ObjectNode secret(String name, String base64) {
    ObjectNode secret = JSON.objectNode();
    secret.put("Name", name).put("Data", base64);
    secret.putObject("Labels").put(MonitorNames.LABEL, "secret");
    return secret;
  }

  /// @param secrets the ids of the three secrets by name, in the order of [#SECRET_FILES]
  static ObjectNode agent(
      MonitorPlan plan, String image, String network, Map<String, String> secrets) {
    ObjectNode container = JSON.objectNode();
    container.put("Image", image);
    strings(
        container.putArray("Args"),
        List.of(
            "agent",
            "--listen=:" + AGENT_PORT,
            "--cgroups=/node/cgroup",
            "--host=unix:///var/run/docker.sock",
            "--tls-cert=/run/secrets/agent.pem",
            "--tls-key=/run/secrets/agent-key.pem",
            "--tls-ca=/run/secrets/ca.pem"));
    // The image's own check is for a balancer, and would start a process every two seconds.
    container.putObject("Healthcheck").putArray("Test").add("NONE");
    container.put("ReadOnly", true);
    container.putArray("CapabilityDrop").add("ALL");
    ArrayNode mounts = container.putArray("Mounts");
    mounts.add(bind(plan.socket(), "/var/run/docker.sock"));
    mounts.add(bind("/sys/fs/cgroup", "/node/cgroup"));
    mounts.addObject().put("Type", "tmpfs").put("Target", "/tmp");
    ArrayNode references = container.putArray("Secrets");
    var files = SECRET_FILES.iterator();
    secrets.forEach((name, id) -> references.add(reference(name, id, files.next())));
    ObjectNode spec = service(MonitorNames.AGENT, "agent", container, network);
    ((ObjectNode) spec.path("TaskTemplate"))
        .putObject("Resources")
        .putObject("Limits")
        .put("MemoryBytes", AGENT_MEMORY_BYTES);
    publish(spec, AGENT_PORT, plan.agentPort());
    return spec;
  }

  static ObjectNode cadvisor(MonitorPlan plan, String image, String network) {
    ObjectNode container = JSON.objectNode();
    container.put("Image", image);
    ArrayNode arguments = container.putArray("Args");
    strings(
        arguments,
        List.of(
            "--housekeeping_interval=1s",
            "--max_housekeeping_interval=1s",
            "--allow_dynamic_housekeeping=false",
            "--storage_duration=2m0s",
            "--docker_only=true"));
    strings(arguments, plan.cadvisorArguments());
    ArrayNode mounts = container.putArray("Mounts");
    mounts.add(bind("/", "/rootfs"));
    mounts.add(bind("/var/run", "/var/run"));
    mounts.add(bind("/sys", "/sys"));
    plan.cadvisorMounts().forEach(folder -> mounts.add(bind(folder, folder)));
    ObjectNode spec = service(MonitorNames.CADVISOR, "cadvisor", container, network);
    publish(spec, CADVISOR_PORT, plan.cadvisorPort());
    return spec;
  }

  private static ObjectNode service(
      String name, String purpose, ObjectNode container, String network) {
    ObjectNode spec = JSON.objectNode();
    spec.put("Name", name);
    spec.putObject("Labels").put(MonitorNames.LABEL, purpose);
    ObjectNode task = spec.putObject("TaskTemplate");
    task.set("ContainerSpec", container);
    task.putObject("RestartPolicy").put("Condition", "any").put("Delay", RESTART_DELAY_NANOS);
    task.putArray("Networks").addObject().put("Target", network);
    spec.putObject("Mode").putObject("Global");
    // All nodes at once, and the old task first, since only one can have the port.
    spec.putObject("UpdateConfig").put("Parallelism", 0).put("Order", "stop-first");
    spec.putObject("EndpointSpec").put("Mode", "dnsrr");
    return spec;
  }

  private static void publish(ObjectNode spec, int target, int published) {
    if (published > 0) {
      ((ObjectNode) spec.path("EndpointSpec"))
          .putArray("Ports")
          .addObject()
          .put("Protocol", "tcp")
          .put("TargetPort", target)
          .put("PublishedPort", published)
          .put("PublishMode", "host");
    }
  }

  private static ObjectNode bind(String source, String target) {
    return JSON.objectNode()
        .put("Type", "bind")
        .put("Source", source)
        .put("Target", target)
        .put("ReadOnly", true);
  }

  private static ObjectNode reference(String name, String id, String file) {
    ObjectNode reference = JSON.objectNode();
    reference.put("SecretID", id).put("SecretName", name);
    reference
        .putObject("File")
        .put("Name", file)
        .put("UID", "0")
        .put("GID", "0")
        .put("Mode", OWNER_READS);
    return reference;
  }

  private static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
