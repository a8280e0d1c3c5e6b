package dev.weir.console.source;

import tools.jackson.databind.JsonNode;

/// A machine of the swarm, with the fields that are shown and no others.
///
/// @param id its id
/// @param name its host name
/// @param role `manager` or `worker`
/// @param leader whether it leads the managers
/// @param reachable whether it is a manager that the others reach
/// @param state `ready`, `down`, `unknown` or `disconnected`
/// @param availability `active`, `pause` or `drain`
/// @param address for other machines; empty if unknown
/// @param cpus its processors
/// @param memoryBytes its memory
/// @param engine the version of its Engine
/// @param problem why it is in its state, in the Engine's words; empty for nothing
/// @param updatedMillis when the managers last wrote something about it
record NodeSeen(
    String id,
    String name,
    String role,
    boolean leader,
    boolean reachable,
    String state,
    String availability,
    String address,
    double cpus,
    long memoryBytes,
    String engine,
    String problem,
    long updatedMillis) {
  static NodeSeen of(JsonNode node) {
    JsonNode description = node.path("Description");
    JsonNode manager = node.path("ManagerStatus");
    JsonNode resources = description.path("Resources");
    return new NodeSeen(
        Texts.of(node, "ID"),
        Texts.of(description, "Hostname"),
        Texts.of(node.path("Spec"), "Role"),
        manager.path("Leader").asBoolean(false),
        Texts.of(manager, "Reachability").equals("reachable"),
        Texts.of(node.path("Status"), "State"),
        Texts.of(node.path("Spec"), "Availability"),
        address(node),
        resources.path("NanoCPUs").asLong(0) / 1e9,
        resources.path("MemoryBytes").asLong(0),
        Texts.of(description.path("Engine"), "EngineVersion"),
        Texts.of(node.path("Status"), "Message"),
        Texts.millis(node, "UpdatedAt"));
  }

  /// A manager that made its swarm before it had an address reports 0.0.0.0.
  private static String address(JsonNode node) {
    String own = Texts.of(node.path("Status"), "Addr");
    String manager = Texts.of(node.path("ManagerStatus"), "Addr").replaceFirst(":[0-9]+$", "");
    boolean isKnown = !own.isEmpty() && !own.equals("0.0.0.0");
    return isKnown || manager.isEmpty() ? own : manager;
  }

  boolean isManager() {
    return role.equals("manager");
  }

  boolean isReady() {
    return state.equals("ready");
  }
}
