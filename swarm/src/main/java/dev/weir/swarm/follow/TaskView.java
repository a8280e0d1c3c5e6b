package dev.weir.swarm.follow;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// A task, with the fields that following needs.
///
/// @param id its id
/// @param serviceId its service
/// @param nodeId its machine
/// @param slot its number; 0 in a global service
/// @param isDesired whether it should run
/// @param isLive whether it runs and should run
/// @param addresses its address on each network except the ingress, by the network's id
/// @param hostPorts machine ports by container port, for ports published in host mode
record TaskView(
    String id,
    String serviceId,
    String nodeId,
    int slot,
    boolean isDesired,
    boolean isLive,
    SequencedMap<String, String> addresses,
    Map<Integer, Integer> hostPorts) {
  static TaskView of(JsonNode task) {
    JsonNode status = task.path("Status");
    boolean isDesired = task.path("DesiredState").asString("").equals("running");
    return new TaskView(
        task.path("ID").asString(""),
        task.path("ServiceID").asString(""),
        task.path("NodeID").asString(""),
        task.path("Slot").asInt(0),
        isDesired,
        status.path("State").asString("").equals("running") && isDesired,
        addresses(task.path("NetworksAttachments")),
        hostPorts(status.path("PortStatus").path("Ports")));
  }

  private static SequencedMap<String, String> addresses(JsonNode attachments) {
    var addresses = new LinkedHashMap<String, String>();
    for (JsonNode attachment : attachments) {
      JsonNode network = attachment.path("Network");
      String cidr = attachment.path("Addresses").path(0).asString("");
      String address = cidr.replaceFirst("/.*", "");
      if (!network.path("Spec").path("Ingress").asBoolean(false) && isAddress(address)) {
        addresses.put(network.path("ID").asString(""), address);
      }
    }
    return addresses;
  }

  /// Whether the text is an IP address: a name would be resolved, and could lead anywhere.
  static boolean isAddress(String text) {
    try {
      return (text.contains(".") || text.contains(":")) && InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Map<Integer, Integer> hostPorts(JsonNode ports) {
    var published = new LinkedHashMap<Integer, Integer>();
    for (JsonNode port : ports) {
      if (port.path("PublishMode").asString("").equals("host")
          && port.path("Protocol").asString("tcp").equals("tcp")) {
        published.put(port.path("TargetPort").asInt(0), port.path("PublishedPort").asInt(0));
      }
    }
    return published;
  }
}
