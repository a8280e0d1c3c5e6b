package dev.weir.swarm.nodes;

import dev.weir.swarm.engine.Engine;
import tools.jackson.databind.JsonNode;

/// The engine's own machine.
///
/// @param id its id in the swarm; "" outside of one
/// @param name its host name
/// @param inSwarm whether it belongs to a swarm
/// @param manager whether it knows the whole swarm
public record OwnNode(String id, String name, boolean inSwarm, boolean manager) {
  /// Asks the engine.
  public static OwnNode of(Engine engine) {
    JsonNode info = engine.get("/info");
    JsonNode swarm = info.path("Swarm");
    return new OwnNode(
        swarm.path("NodeID").asString(""),
        info.path("Name").asString(""),
        swarm.path("LocalNodeState").asString("").equals("active"),
        swarm.path("ControlAvailable").asBoolean(false));
  }
}
