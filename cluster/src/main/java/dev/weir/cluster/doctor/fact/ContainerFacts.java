package dev.weir.cluster.doctor.fact;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A running container of one node.
///
/// @param name its name
/// @param service the service that it belongs to; empty for none
/// @param ports the ports that it publishes, as text
/// @param mounts paths of the node that it sees
public record ContainerFacts(String name, String service, List<String> ports, List<String> mounts) {
  private static final String SERVICE = "com.docker.swarm.service.name";

  /// Copies the lists.
  public ContainerFacts {
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
  }

  /// Reads one of the Engine's list.
  public static ContainerFacts of(JsonNode json) {
    List<String> names =
        Fields.items(json.path("Names"), name -> name.asString("").replaceFirst("^/", ""));
    return new ContainerFacts(
        names.isEmpty() ? Fields.text(json, "Id") : names.getFirst(),
        Fields.text(json.path("Labels"), SERVICE),
        Fields.items(json.path("Ports"), ContainerFacts::port).stream()
            .filter(port -> !port.isEmpty())
            .distinct()
            .toList(),
        Fields.items(json.path("Mounts"), mount -> Fields.text(mount, "Source")));
  }

  private static String port(JsonNode json) {
    int published = json.path("PublicPort").asInt(0);
    return published == 0 ? "" : published + "/" + Fields.text(json, "Type");
  }
}
