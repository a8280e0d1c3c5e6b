package dev.weir.cluster.doctor.fact;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one Engine says of itself and of its swarm. Join tokens are never among it: they are in
/// `GET /swarm`, which is not asked.
///
/// @param address the Engine's, as the user writes it
/// @param isPlain whether it is reached by TCP without TLS from another machine
/// @param info its `GET /info`
/// @param nodes all nodes
/// @param services all services
/// @param tasks all tasks, past ones included
/// @param networks all networks that it knows
/// @param containers what runs on its own node
/// @param downSince when nodes were seen going down, by id, as far as it remembers
/// @param refusals why a part is missing, by the part's path
/// @param clock its clock beside ours
public record EngineFacts(
    String address,
    boolean isPlain,
    JsonNode info,
    List<NodeFacts> nodes,
    List<ServiceFacts> services,
    List<TaskFacts> tasks,
    List<NetworkFacts> networks,
    List<ContainerFacts> containers,
    Map<String, Instant> downSince,
    Map<String, String> refusals,
    Optional<ClockReading> clock) {
  private static final Comparator<NodeFacts> MANAGERS_FIRST =
      Comparator.comparing((NodeFacts one) -> !one.isManager())
          .thenComparing(one -> one.node().hostname())
          .thenComparing(one -> one.node().id());

  /// Copies the collections, and sorts the nodes: managers first, by name.
  public EngineFacts {
    nodes = nodes.stream().sorted(MANAGERS_FIRST).toList();
    services = List.copyOf(services);
    tasks = List.copyOf(tasks);
    networks = List.copyOf(networks);
    containers = List.copyOf(containers);
    downSince = Map.copyOf(downSince);
    refusals = Map.copyOf(refusals);
  }

  /// Its part of `/info` about the swarm.
  public JsonNode swarm() {
    return info.path("Swarm");
  }

  /// The settings of the swarm, which only a manager has.
  public JsonNode cluster() {
    return swarm().path("Cluster");
  }

  /// The name of the machine it runs on.
  public String hostname() {
    return info.path("Name").asString("");
  }

  /// A node's name for the reader; the id if it is unknown.
  public String nameOf(String nodeId) {
    return nodes.stream()
        .filter(one -> one.node().id().equals(nodeId))
        .map(one -> one.node().hostname())
        .findFirst()
        .orElse(nodeId);
  }

  /// The tasks of a service.
  public List<TaskFacts> tasksOf(ServiceFacts service) {
    return tasks.stream().filter(task -> task.serviceId().equals(service.id())).toList();
  }
}
