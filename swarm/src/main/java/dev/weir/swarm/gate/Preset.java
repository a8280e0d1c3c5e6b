package dev.weir.swarm.gate;

import java.util.List;

/// What one kind of client may ask an Engine. All of it reads.
public enum Preset {
  /// What `weir balance --service` and `--swarm` ask: services, tasks, nodes, the networks that
  /// they name, and the events of services and nodes.
  BALANCE,

  /// What `weir agent` asks: the machine's name, the containers and their figures.
  AGENT;

  List<AllowedPath> rules() {
    return switch (this) {
      case BALANCE -> AllowedPath.BALANCE;
      case AGENT -> AllowedPath.AGENT;
    };
  }
}
