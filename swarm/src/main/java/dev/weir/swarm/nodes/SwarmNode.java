package dev.weir.swarm.nodes;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A machine of a swarm, as its managers see it.
///
/// @param id its id in the swarm
/// @param hostname its own name
/// @param role `manager` or `worker`
/// @param leader whether it leads the managers
/// @param reachability of a manager, `reachable` or `unreachable`; else empty
/// @param availability `active`, `pause` or `drain`
/// @param state `ready`, `down`, `unknown` or `disconnected`
/// @param reason why it is in that state, if known
/// @param engineVersion such as `20.10.24`
/// @param address for other machines
/// @param cores processors
/// @param memoryBytes memory
public record SwarmNode(
    String id,
    String hostname,
    String role,
    boolean leader,
    String reachability,
    String availability,
    String state,
    String reason,
    String engineVersion,
    String address,
    double cores,
    long memoryBytes) {
  /// All nodes, managers first, by name. The Engine must be a manager's.
  public static List<SwarmNode> all(Engine manager) {
    var nodes = new ArrayList<SwarmNode>();
    manager.get("/nodes").forEach(node -> nodes.add(of(node)));
    nodes.sort(
        Comparator.comparing(SwarmNode::role)
            .thenComparing(SwarmNode::hostname)
            .thenComparing(SwarmNode::id));
    return List.copyOf(nodes);
  }

  /// Whether it can take tasks and, as a manager, make decisions.
  public boolean isReady() {
    return state.equals("ready") && !reachability.equals("unreachable");
  }

  /// Reads one of the list of a manager.
  public static SwarmNode of(JsonNode node) {
    JsonNode description = node.path("Description");
    JsonNode manager = node.path("ManagerStatus");
    return new SwarmNode(
        text(node, "ID"),
        text(description, "Hostname"),
        text(node.path("Spec"), "Role"),
        manager.path("Leader").asBoolean(false),
        text(manager, "Reachability"),
        text(node.path("Spec"), "Availability"),
        text(node.path("Status"), "State"),
        text(node.path("Status"), "Message"),
        text(description.path("Engine"), "EngineVersion"),
        address(node),
        description.path("Resources").path("NanoCPUs").asLong(0) / 1e9,
        description.path("Resources").path("MemoryBytes").asLong(0));
  }

  /// A manager that made its swarm before it had an address reports 0.0.0.0.
  private static String address(JsonNode node) {
    String address = text(node.path("Status"), "Addr");
    String manager = text(node.path("ManagerStatus"), "Addr").replaceFirst(":[0-9]+$", "");
    return (address.isEmpty() || address.equals("0.0.0.0")) && !manager.isEmpty()
        ? manager
        : address;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
