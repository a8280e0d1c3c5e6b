package dev.weir.cluster.doctor.fact;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// A service of the swarm.
///
/// @param id its id
/// @param name its name
/// @param image its image, without the digest
/// @param replicas how many tasks it should have; empty for a global service or a job
/// @param ports what it publishes
/// @param mounts paths of nodes that its containers see
/// @param vipNetworks ids of the networks where it has a virtual address
public record ServiceFacts(
    String id,
    String name,
    String image,
    OptionalInt replicas,
    List<PortFacts> ports,
    List<String> mounts,
    List<String> vipNetworks) {
  /// Copies the lists.
  public ServiceFacts {
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
    vipNetworks = List.copyOf(vipNetworks);
  }

  /// Reads one of the Engine's list.
  public static ServiceFacts of(JsonNode json) {
    JsonNode spec = json.path("Spec");
    JsonNode container = spec.path("TaskTemplate").path("ContainerSpec");
    JsonNode replicas = spec.path("Mode").path("Replicated").path("Replicas");
    return new ServiceFacts(
        Fields.text(json, "ID"),
        Fields.text(spec, "Name"),
        Fields.text(container, "Image").replaceFirst("@.*", ""),
        replicas.isNumber() ? OptionalInt.of(replicas.asInt(0)) : OptionalInt.empty(),
        Fields.items(json.path("Endpoint").path("Ports"), PortFacts::of),
        Fields.items(container.path("Mounts"), mount -> Fields.text(mount, "Source")),
        Fields.items(
            json.path("Endpoint").path("VirtualIPs"), vip -> Fields.text(vip, "NetworkID")));
  }
}
