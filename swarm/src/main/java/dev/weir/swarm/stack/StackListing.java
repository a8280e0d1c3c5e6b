package dev.weir.swarm.stack;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.stack.convert.StackNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What runs in the swarm, by stack, service, task and node.
public final class StackListing {
  private final Engine engine;

  /// Lists through a manager.
  public StackListing(Engine engine) {
    this.engine = engine;
  }

  /// A service.
  ///
  /// @param stack empty for a service outside of any stack
  /// @param mode `replicated`, `global`, or a job of either
  /// @param running tasks that run
  /// @param desired tasks that should run
  /// @param ports published ones, as `*:80->8080/tcp`
  public record Service(
      String id,
      String name,
      String stack,
      String mode,
      long running,
      long desired,
      String image,
      String ports) {}

  /// A task.
  ///
  /// @param name as in the docker command: `web.1`, or the service and the node
  /// @param since when its state began, as the Engine writes times
  public record Task(
      String id,
      String name,
      String service,
      long slot,
      String image,
      String node,
      String desired,
      String state,
      String since,
      String error,
      String ports) {}

  /// A node.
  public record Node(
      String id, String name, String role, boolean leader, String state, String availability) {}

  /// The stacks and their numbers of services.
  public Map<String, Integer> stacks() {
    Map<String, Integer> stacks = new TreeMap<>();
    for (JsonNode service :
        engine.get("/services", Filters.of("label", StackNames.NAMESPACE).query())) {
      String stack = service.path("Spec").path("Labels").path(StackNames.NAMESPACE).asString("");
      stacks.merge(stack, 1, Integer::sum);
    }
    return stacks;
  }

  /// The services of a stack.
  public List<Service> services(String stack) {
    return services(StackDeploy.ofStack(stack));
  }

  /// The services of the whole swarm.
  public List<Service> services() {
    return services(Map.of());
  }

  private List<Service> services(Map<String, String> filter) {
    Map<String, String> query = new LinkedHashMap<>(filter);
    query.put("status", "true");
    List<Service> services = new ArrayList<>();
    for (JsonNode service : engine.get("/services", query)) {
      JsonNode spec = service.path("Spec");
      JsonNode status = service.path("ServiceStatus");
      services.add(
          new Service(
              service.path("ID").asString(""),
              spec.path("Name").asString(""),
              spec.path("Labels").path(StackNames.NAMESPACE).asString(""),
              mode(spec.path("Mode")),
              status.path("RunningTasks").asLong(0),
              status.path("DesiredTasks").asLong(0),
              image(spec.path("TaskTemplate")),
              ports(service.path("Endpoint").path("Ports"))));
    }
    services.sort(Comparator.comparing(Service::name));
    return services;
  }

  private static String mode(JsonNode mode) {
    if (mode.has("Global")) {
      return "global";
    }
    if (mode.has("GlobalJob")) {
      return "global job";
    }
    return mode.has("ReplicatedJob") ? "replicated job" : "replicated";
  }

  /// Removes the digest, because people know the image by its name.
  private static String image(JsonNode template) {
    String image = template.path("ContainerSpec").path("Image").asString("");
    int at = image.indexOf('@');
    return at < 0 || image.startsWith("sha256:") ? image : image.substring(0, at);
  }

  private static String ports(JsonNode ports) {
    List<String> out = new ArrayList<>();
    for (JsonNode port : ports) {
      if (port.path("PublishMode").asString("ingress").equals("ingress")) {
        out.add("*:" + mapping(port));
      }
    }
    return String.join(", ", out);
  }

  private static String mapping(JsonNode port) {
    return "%s->%s/%s"
        .formatted(
            port.path("PublishedPort").asString("0"),
            port.path("TargetPort").asString("0"),
            port.path("Protocol").asString("tcp"));
  }

  /// The tasks of a stack, grouped by slot, the newest first.
  public List<Task> tasks(String stack) {
    return tasks(StackDeploy.ofStack(stack));
  }

  /// All tasks that are or should be running.
  public List<Task> tasks() {
    return tasks(Filters.of("desired-state", "running").query());
  }

  private List<Task> tasks(Map<String, String> query) {
    Map<String, String> nodes = new HashMap<>();
    nodes().forEach(node -> nodes.put(node.id(), node.name()));
    Map<String, String> services = new HashMap<>();
    for (JsonNode service : engine.get("/services")) {
      services.put(service.path("ID").asString(""), service.path("Spec").path("Name").asString(""));
    }
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : engine.get("/tasks", query)) {
      String serviceId = task.path("ServiceID").asString("");
      tasks.add(task(task, services.getOrDefault(serviceId, serviceId), nodes));
    }
    tasks.sort(
        Comparator.comparing(Task::service)
            .thenComparingLong(Task::slot)
            .thenComparing(Task::name)
            .thenComparing(Comparator.comparing(Task::since).reversed()));
    return tasks;
  }

  private static Task task(JsonNode task, String service, Map<String, String> nodes) {
    JsonNode status = task.path("Status");
    String nodeId = task.path("NodeID").asString("");
    long slot = task.path("Slot").asLong(0);
    List<String> ports = new ArrayList<>();
    for (JsonNode port : status.path("PortStatus").path("Ports")) {
      String mapping = "*:" + mapping(port);
      if (!ports.contains(mapping)) { // the Engine names IPv4 and IPv6 apart
        ports.add(mapping);
      }
    }
    return new Task(
        task.path("ID").asString(""),
        service + "." + (slot == 0 ? nodeId : slot),
        service,
        slot,
        image(task.path("Spec")),
        nodes.getOrDefault(nodeId, nodeId),
        task.path("DesiredState").asString(""),
        status.path("State").asString(""),
        status.path("Timestamp").asString(""),
        status.path("Err").asString(""),
        String.join(",", ports));
  }

  /// The nodes, managers first.
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : engine.get("/nodes")) {
      nodes.add(
          new Node(
              node.path("ID").asString(""),
              node.path("Description").path("Hostname").asString(""),
              node.path("Spec").path("Role").asString(""),
              node.path("ManagerStatus").path("Leader").asBoolean(false),
              node.path("Status").path("State").asString(""),
              node.path("Spec").path("Availability").asString("")));
    }
    nodes.sort(Comparator.comparing(Node::role).thenComparing(Node::name));
    return nodes;
  }
}
