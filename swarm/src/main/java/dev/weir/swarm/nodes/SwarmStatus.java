package dev.weir.swarm.nodes;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one Engine says of its swarm: all of it from a manager, where the managers are from a
/// worker, and that there is none from an Engine of its own.
///
/// @param state `inactive`, `pending`, `active`, `error` or `locked`
/// @param nodeId the Engine's own node, empty outside a swarm
/// @param address where the others reach it
/// @param manager whether it is one
/// @param error what is wrong, if anything
/// @param managers addresses of the managers that it knows
/// @param nodes all nodes, from a manager; else empty
public record SwarmStatus(
    String state,
    String nodeId,
    String address,
    boolean manager,
    String error,
    List<String> managers,
    List<SwarmNode> nodes) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Copies the lists.
  public SwarmStatus {
    managers = List.copyOf(managers);
    nodes = List.copyOf(nodes);
  }

  /// Asks an Engine.
  public static SwarmStatus of(Engine engine) {
    JsonNode swarm = engine.get("/info").path("Swarm");
    boolean manager = swarm.path("ControlAvailable").asBoolean(false);
    var managers = new ArrayList<String>();
    swarm.path("RemoteManagers").forEach(remote -> managers.add(remote.path("Addr").asString("")));
    String state = swarm.path("LocalNodeState").asString("inactive");
    return new SwarmStatus(
        state.isEmpty() ? "inactive" : state,
        swarm.path("NodeID").asString(""),
        swarm.path("NodeAddr").asString(""),
        manager,
        swarm.path("Error").asString(""),
        managers.stream().sorted().toList(),
        manager ? SwarmNode.all(engine) : List.of());
  }

  /// Whether it is part of a swarm, or about to be.
  public boolean isInSwarm() {
    return !state.equals("inactive");
  }

  /// Whether everything that it sees is as it should be.
  public boolean isHealthy() {
    return state.equals("active") && error.isEmpty() && nodes.stream().allMatch(SwarmNode::isReady);
  }

  /// The same as JSON, one field each.
  public String json() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }
}
