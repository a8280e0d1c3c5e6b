package dev.weir.cluster.doctor.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A task of a service, running or past.
///
/// @param id its id
/// @param serviceId its service's id
/// @param nodeId its node's id; empty if it has none yet
/// @param slot which of the service's replicas; 0 for a global service
/// @param state such as `running`, `pending` or `failed`
/// @param desired the state that it should have
/// @param since when it came into its state
/// @param error why it failed or waits; empty if nothing is wrong
/// @param networks ids of the networks where it has an address
public record TaskFacts(
    String id,
    String serviceId,
    String nodeId,
    int slot,
    String state,
    String desired,
    Optional<Instant> since,
    String error,
    List<String> networks) {
  /// Copies the list.
  public TaskFacts {
    networks = List.copyOf(networks);
  }

  /// Reads one of the Engine's list.
  public static TaskFacts of(JsonNode json) {
    JsonNode status = json.path("Status");
    return new TaskFacts(
        Fields.text(json, "ID"),
        Fields.text(json, "ServiceID"),
        Fields.text(json, "NodeID"),
        json.path("Slot").asInt(0),
        Fields.text(status, "State"),
        Fields.text(json, "DesiredState"),
        Fields.time(status, "Timestamp"),
        Fields.text(status, "Err"),
        Fields.items(
            json.path("NetworksAttachments"),
            attached -> Fields.text(attached.path("Network"), "ID")));
  }

  /// Whether it should run.
  public boolean isWanted() {
    return desired.equals("running");
  }
}
