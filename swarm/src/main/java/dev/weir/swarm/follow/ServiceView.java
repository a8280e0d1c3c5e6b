package dev.weir.swarm.follow;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A service, with the fields that following needs.
///
/// @param id its id
/// @param name its name
/// @param created when, in the Engine's sortable form
/// @param labels its labels, not those of its containers
/// @param cpuLimit the cores that one task may use at most; 0 for no limit
/// @param cpuReservation the cores reserved for one task; 0 for none
/// @param startFirst whether an update starts new tasks before it stops old ones
/// @param signalled whether it sets the stop signal and grace period of its tasks
/// @param size how many tasks it should have
record ServiceView(
    String id,
    String name,
    String created,
    Map<String, String> labels,
    double cpuLimit,
    double cpuReservation,
    boolean startFirst,
    boolean signalled,
    ServiceSize size) {
  static ServiceView of(JsonNode service) {
    JsonNode spec = service.path("Spec");
    JsonNode template = spec.path("TaskTemplate");
    JsonNode resources = template.path("Resources");
    var labels = new LinkedHashMap<String, String>();
    spec.path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return new ServiceView(
        service.path("ID").asString(""),
        spec.path("Name").asString(""),
        service.path("CreatedAt").asString(""),
        labels,
        resources.path("Limits").path("NanoCPUs").asDouble(0) / 1e9,
        resources.path("Reservations").path("NanoCPUs").asDouble(0) / 1e9,
        spec.path("UpdateConfig").path("Order").asString("").equals("start-first"),
        !template.path("ContainerSpec").path("StopSignal").asString("").isEmpty(),
        ServiceSize.of(service));
  }

  /// A first guess of how many requests a task can work on at full speed.
  ///
  /// @param nodeCores the cores of its node
  /// @param onNode how many tasks of the service share them
  double cores(double nodeCores, int onNode) {
    if (cpuLimit > 0) {
      return Math.min(cpuLimit, nodeCores);
    }
    return cpuReservation > 0 ? cpuReservation : Math.max(1, nodeCores / Math.max(1, onNode));
  }
}
