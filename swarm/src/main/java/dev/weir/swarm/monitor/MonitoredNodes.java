package dev.weir.swarm.monitor;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.Filters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Finds the nodes of a swarm and the monitor's tasks on them.
public final class MonitoredNodes {
  private final Engine engine;

  /// Asks this manager.
  public MonitoredNodes(Engine engine) {
    this.engine = engine;
  }

  /// All nodes, by name.
  public List<MonitoredNode> list() {
    Map<String, MonitoredNode.Task> agents = tasks(MonitorNames.AGENT, MonitorSpecs.AGENT_PORT);
    Map<String, MonitoredNode.Task> cadvisors =
        tasks(cadvisorService(), MonitorSpecs.CADVISOR_PORT);
    var nodes = new ArrayList<MonitoredNode>();
    for (JsonNode node : engine.get("/nodes")) {
      String id = node.path("ID").asString();
      nodes.add(
          new MonitoredNode(
              id,
              node.path("Description").path("Hostname").asString(id),
              node.path("Status").path("State").asString(""),
              node.path("Spec").path("Availability").asString(""),
              address(node),
              Optional.ofNullable(agents.get(id)),
              Optional.ofNullable(cadvisors.get(id))));
    }
    nodes.sort(Comparator.comparing(MonitoredNode::name));
    return nodes;
  }

  /// Whether the agent's service exists, regardless of its tasks.
  public boolean hasAgents() {
    return stands(MonitorNames.AGENT);
  }

  /// Whether cAdvisor's service exists, regardless of its tasks.
  public boolean hasCadvisors() {
    return stands(MonitorNames.CADVISOR);
  }

  /// Our own cAdvisor service if it exists; else another one with the label.
  private String cadvisorService() {
    if (hasCadvisors()) {
      return MonitorNames.CADVISOR;
    }
    Filters labelled =
        Filters.of("label", MonitorNames.SAMPLES + "=" + MonitorNames.CADVISOR_SAMPLES);
    return engine
        .get("/services", labelled.query())
        .path(0)
        .path("Spec")
        .path("Name")
        .asString(MonitorNames.CADVISOR);
  }

  private boolean stands(String service) {
    return !engine.get("/services", Filters.of("name", service).query()).isEmpty();
  }

  /// A manager may report 0.0.0.0 for itself; its advertised manager address is better.
  private static String address(JsonNode node) {
    String own = node.path("Status").path("Addr").asString("");
    if (!own.isEmpty() && !own.equals("0.0.0.0")) {
      return own;
    }
    String manager = node.path("ManagerStatus").path("Addr").asString("");
    return manager.replaceFirst(":[0-9]+$", "").replaceFirst("^\\[(.*)\\]$", "$1");
  }

  /// The task that should run on each node, by the node's id.
  private Map<String, MonitoredNode.Task> tasks(String service, int innerPort) {
    int port;
    JsonNode tasks;
    try {
      JsonNode spec = engine.get("/services/" + service).path("Spec");
      JsonNode published = spec.path("EndpointSpec").path("Ports").path(0);
      // A port of the routing mesh may lead to another node's task, which would be taken for this
      // one's.
      boolean meshed = published.path("PublishMode").asString("").equals("ingress");
      port = meshed ? 0 : published.path("PublishedPort").asInt(0);
      tasks =
          engine.get(
              "/tasks", Filters.of("service", service).and("desired-state", "running").query());
    } catch (EngineException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Map.of();
      }
      throw e;
    }
    var found = new HashMap<String, MonitoredNode.Task>();
    for (JsonNode task : tasks) {
      JsonNode status = task.path("Status");
      found.put(
          task.path("NodeID").asString(""),
          new MonitoredNode.Task(
              status.path("State").asString(""),
              status.path("Err").asString(""),
              port,
              innerPort,
              addresses(task)));
    }
    return found;
  }

  private static List<String> addresses(JsonNode task) {
    var addresses = new ArrayList<String>();
    for (JsonNode attached : task.path("NetworksAttachments")) {
      if (attached
          .path("Network")
          .path("Spec")
          .path("Name")
          .asString("")
          .equals(MonitorNames.NETWORK)) {
        for (JsonNode address : attached.path("Addresses")) {
          addresses.add(address.asString("").replaceFirst("/[0-9]+$", ""));
        }
      }
    }
    return addresses;
  }
}
