package dev.weir.swarm.nodes;

import dev.weir.swarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One Engine's view of its swarm: a manager knows all of it, a worker only the managers'
/// addresses, and an Engine outside of any swarm nothing.
///
/// @param state `inactive`, `pending`, `active`, `error` or `locked`
/// @param nodeId the Engine's own node, empty outside a swarm
/// @param address for other machines
/// @param manager whether it is a manager
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

  /// Whether everything that it sees is in order.
  public boolean isHealthy() {
    return state.equals("active") && error.isEmpty() && nodes.stream().allMatch(SwarmNode::isReady);
  }

  /// The same as JSON, one field each.
  public String json() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }
}
