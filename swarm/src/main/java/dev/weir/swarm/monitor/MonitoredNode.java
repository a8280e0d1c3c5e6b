package dev.weir.swarm.monitor;

import java.util.List;
import java.util.Optional;

/// A node of the swarm, and the monitor's tasks on it.
///
/// @param id the swarm's own name for it
/// @param name its host name
/// @param state as the manager sees it, such as ready or down
/// @param availability active, pause or drain
/// @param address of its published ports; "" if unknown
/// @param agent the agent's task there
/// @param cadvisor cAdvisor's task there
public record MonitoredNode(
    String id,
    String name,
    String state,
    String availability,
    String address,
    Optional<Task> agent,
    Optional<Task> cadvisor) {
  /// One task.
  ///
  /// @param state such as running or rejected
  /// @param error the manager's message, or ""
  /// @param port the node's port it responds on; 0 if none
  /// @param innerPort the port it responds on within its networks
  /// @param addresses within its networks
  public record Task(String state, String error, int port, int innerPort, List<String> addresses) {
    public Task {
      addresses = List.copyOf(addresses);
    }

    /// Whether it runs.
    public boolean running() {
      return state.equals("running");
    }
  }

  /// Why a task does not respond here, in one line; "" if it should respond.
  public String absence(Optional<Task> task) {
    if (!state.equals("ready")) {
      return "the node is " + state;
    }
    if (task.isEmpty()) {
      return availability.equals("active") ? "no task there" : "no task there: " + availability;
    }
    Task of = task.get();
    if (of.running()) {
      return "";
    }
    return "its task is " + of.state() + (of.error().isEmpty() ? "" : ": " + of.error());
  }
}
