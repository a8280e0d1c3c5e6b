package dev.weir.swarm.gate;

import java.util.List;

/// The requests that one kind of client may send to an Engine. All of them only read.
public enum Preset {
  /// The requests of `weir balance --service` and `--swarm`: services, tasks, nodes, networks by
  /// name, and the events of services and nodes.
  BALANCE,

  /// The requests of `weir agent`: the machine's name, the containers and their statistics.
  AGENT;

  List<AllowedPath> rules() {
    return switch (this) {
      case BALANCE -> AllowedPath.BALANCE;
      case AGENT -> AllowedPath.AGENT;
    };
  }
}
