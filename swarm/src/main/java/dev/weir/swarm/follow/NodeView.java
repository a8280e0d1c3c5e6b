package dev.weir.swarm.follow;

import tools.jackson.databind.JsonNode;

/// A machine of the swarm, with the fields that following needs.
///
/// @param id its id
/// @param name its host name
/// @param isDown whether the managers regard it as down
/// @param address where it is reached from the other nodes; empty if unknown
/// @param cores how many it has
record NodeView(String id, String name, boolean isDown, String address, double cores) {
  static NodeView of(JsonNode node) {
    return new NodeView(
        node.path("ID").asString(""),
        node.path("Description").path("Hostname").asString(""),
        node.path("Status").path("State").asString("").equals("down"),
        address(node),
        Math.max(1, node.path("Description").path("Resources").path("NanoCPUs").asDouble(0) / 1e9));
  }

  /// A manager may report 0.0.0.0 for itself; its manager address is then used.
  private static String address(JsonNode node) {
    String own = node.path("Status").path("Addr").asString("");
    if (TaskView.isAddress(own) && !own.equals("0.0.0.0") && !own.equals("127.0.0.1")) {
      return own;
    }
    String manager = node.path("ManagerStatus").path("Addr").asString("");
    int colon = manager.lastIndexOf(':');
    String other = colon < 0 ? own : manager.substring(0, colon).replaceAll("[\\[\\]]", "");
    return TaskView.isAddress(other) ? other : "";
  }
}
