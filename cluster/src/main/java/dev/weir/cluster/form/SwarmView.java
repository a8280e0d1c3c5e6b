package dev.weir.cluster.form;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A swarm as one of its managers sees it.
///
/// @param id the swarm
/// @param labels of the swarm itself
/// @param nodes all nodes
public record SwarmView(String id, Map<String, String> labels, List<Node> nodes) {
  /// The label of a swarm with its cluster's name.
  static final String CLUSTER = "weir.cluster";

  /// The label of a swarm that machines are being added to: its tokens are to be rotated.
  static final String FORMING = "weir.cluster.forming";

  /// One node.
  ///
  /// @param id in the swarm
  /// @param hostname of the machine
  /// @param manager whether it is a manager
  /// @param ready whether it responds
  /// @param reachable of a manager, whether the others reach it
  /// @param draining whether its tasks move elsewhere
  /// @param labels of the node
  public record Node(
      String id,
      String hostname,
      boolean manager,
      boolean ready,
      boolean reachable,
      boolean draining,
      Map<String, String> labels) {}

  /// Asks a manager.
  static SwarmView of(Engine manager) {
    JsonNode swarm = manager.get("/swarm");
    var nodes = new ArrayList<Node>();
    manager.get("/nodes").forEach(node -> nodes.add(node(node)));
    return new SwarmView(
        swarm.path("ID").asString(""), labels(swarm.path("Spec")), List.copyOf(nodes));
  }

  /// Whether machines are being added.
  boolean isForming() {
    return labels.containsKey(FORMING);
  }

  /// The node of this id.
  Optional<Node> node(String nodeId) {
    return nodes.stream().filter(node -> node.id().equals(nodeId)).findFirst();
  }

  private static Node node(JsonNode node) {
    JsonNode spec = node.path("Spec");
    return new Node(
        node.path("ID").asString(""),
        node.path("Description").path("Hostname").asString(""),
        spec.path("Role").asString("").equals("manager"),
        node.path("Status").path("State").asString("").equals("ready"),
        !node.path("ManagerStatus").path("Reachability").asString("").equals("unreachable"),
        spec.path("Availability").asString("").equals("drain"),
        labels(spec));
  }

  private static Map<String, String> labels(JsonNode spec) {
    var labels = new TreeMap<String, String>();
    spec.path("Labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
    return labels;
  }
}
