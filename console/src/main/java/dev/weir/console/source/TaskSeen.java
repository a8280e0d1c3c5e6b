package dev.weir.console.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A task of the swarm, with the fields that are shown and no others.
///
/// @param id its id
/// @param service the id of its service
/// @param slot its number; 0 in a global service
/// @param node the id of its machine; empty before it has one
/// @param state what it does, such as `running`
/// @param desired what it should do, such as `running`
/// @param sinceMillis since when it is in its state
/// @param createdMillis when it was made
/// @param error what went wrong, in the Engine's words; empty for nothing
/// @param exitCode of its process; -1 if that runs or never did
/// @param image its image, without the digest
/// @param addresses its addresses on overlay networks
/// @param hostPorts ports of its machine, by the port within
/// @param reservedCpus what is reserved for it, in cores
/// @param reservedBytes the memory that is reserved for it
record TaskSeen(
    String id,
    String service,
    int slot,
    String node,
    String state,
    String desired,
    long sinceMillis,
    long createdMillis,
    String error,
    int exitCode,
    String image,
    List<String> addresses,
    Map<Integer, Integer> hostPorts,
    double reservedCpus,
    long reservedBytes) {
  private static final Set<String> ENDED =
      Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");
  private static final int ADDRESSES_MAX = 16;

  TaskSeen {
    addresses = List.copyOf(addresses);
    hostPorts = Map.copyOf(hostPorts);
  }

  static TaskSeen of(JsonNode task) {
    JsonNode status = task.path("Status");
    JsonNode reserved = task.path("Spec").path("Resources").path("Reservations");
    String state = Texts.of(status, "State");
    JsonNode exit = status.path("ContainerStatus").path("ExitCode");
    return new TaskSeen(
        Texts.of(task, "ID"),
        Texts.of(task, "ServiceID"),
        task.path("Slot").asInt(0),
        Texts.of(task, "NodeID"),
        state,
        Texts.of(task, "DesiredState"),
        Texts.millis(status, "Timestamp"),
        Texts.millis(task, "CreatedAt"),
        Texts.of(status, "Err"),
        ENDED.contains(state) ? exit.asInt(-1) : -1,
        Texts.image(task.path("Spec")),
        addresses(task.path("NetworksAttachments")),
        hostPorts(status.path("PortStatus").path("Ports")),
        reserved.path("NanoCPUs").asLong(0) / 1e9,
        reserved.path("MemoryBytes").asLong(0));
  }

  private static List<String> addresses(JsonNode attachments) {
    var addresses = new ArrayList<String>();
    for (JsonNode attachment : attachments) {
      boolean isIngress = attachment.path("Network").path("Spec").path("Ingress").asBoolean(false);
      for (JsonNode address : attachment.path("Addresses")) {
        String text = address.asString("").replaceFirst("/[0-9]+$", "");
        if (!isIngress && text.matches("[0-9a-fA-F.:]{2,45}") && addresses.size() < ADDRESSES_MAX) {
          addresses.add(text);
        }
      }
    }
    return addresses;
  }

  private static Map<Integer, Integer> hostPorts(JsonNode ports) {
    var published = new LinkedHashMap<Integer, Integer>();
    for (JsonNode port : ports) {
      published.put(port.path("TargetPort").asInt(0), port.path("PublishedPort").asInt(0));
    }
    return published;
  }

  boolean hasEnded() {
    return ENDED.contains(state);
  }

  boolean isRunning() {
    return state.equals("running") && desired.equals("running");
  }

  /// Whether it should run, or wait for its turn to.
  boolean isWanted() {
    return !hasEnded() && !desired.equals("shutdown") && !desired.equals("remove");
  }
}
